/** Entry point of the `check-delivery` function: builds the world once for a container, then checks. */
import { Logger } from '@aws-lambda-powertools/logger';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { checkDelivery } from './check.ts';
import { deliveryLogIn } from './delivery-log-table.ts';
import { fromEnvironment } from './environment.ts';
import type { CheckResult } from './invocation.ts';
import { logTo } from './log.ts';
import { secretIn } from './secret.ts';
import { callStatusApi } from './status-api.ts';
import { signToken } from './token.ts';
import type { World } from './world.ts';

/** Kore.ai publishes neither limit; 1,000 recipients are about 450 KB. */
const KORE_LIMITS = { timeLimitMs: 10_000, sizeLimitBytes: 8 * 1024 * 1024 };
/** What a check may still have to do once saving has stopped: the summary (three tries), the answer. */
const RESERVED_MS = 12_000;
/** A request to AWS that takes longer has failed; the SDK's own number of tries has changed before, so it is said here. */
const AWS_LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

const settings = fromEnvironment(process.env);
const world: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  secret: secretIn(
    new SecretsProvider({ awsSdkV3Client: new SecretsManagerClient(AWS_LIMITS) }),
    settings.secretArn,
  ),
  signToken,
  callKore: (notification, token) => callStatusApi({ ...settings, ...KORE_LIMITS }, notification, token),
  deliveryLog: deliveryLogIn(DynamoDBDocumentClient.from(new DynamoDBClient(AWS_LIMITS)), settings.tableName),
  log: logTo(new Logger({ serviceName: 'check-delivery' })),
};

export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<CheckResult> {
  const savingTime = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - RESERVED_MS));
  return checkDelivery(event, settings, world, savingTime);
}
