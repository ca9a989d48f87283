/** Entry point of the `check-delivery` function: builds the world once for a container, then checks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { METRIC_NAMESPACE } from '../../contract/metrics.ts';
import { AWS_LIMITS } from '../aws-limits.ts';
import { budgetIn } from './budget/budget-table.ts';
import { callBudget } from './budget/call-budget.ts';
import { capacityOf } from './budget/call-limits.ts';
import { forecastFrom } from './budget/forecast.ts';
import { checkDelivery } from './check.ts';
import { fromEnvironment } from './environment.ts';
import type { CheckAnswer } from './invocation/invocation.ts';
import { botExceptionsIn } from './kore/access/bot-exceptions.ts';
import { accessOf, quotaKeyOf } from './kore/access/bots.ts';
import { secretIn } from './kore/access/secret.ts';
import { signToken } from './kore/access/token.ts';
import { connectToStatusApi } from './kore/status-api.ts';
import { campaignSizesIn } from './rows/campaign-sizes.ts';
import { deliveryLogIn } from './rows/delivery-log-table.ts';
import { finalEventsIn } from './rows/final-event-table.ts';
import { logTo } from './telemetry/log.ts';
import { meterTo } from './telemetry/meter.ts';
import type { World } from './world.ts';

/** Kore.ai publishes neither limit; 1,000 recipients are about 450 KB. */
const CONNECTION_LIMITS = { connectLimitMs: 5_000, timeLimitMs: 10_000, sizeLimitBytes: 8 * 1024 * 1024 };
/** What a check may still have to do once saving has stopped: the summary (three tries) or the next call, the answer. */
const RESERVED_MS = 15_000;
/** Checks go on without the budget and the size of a campaign, so they do not wait long for them. */
const OPTIONAL_LIMITS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 1_000, throwOnRequestTimeout: true },
};

const environment = fromEnvironment(process.env);
const settings = { ...environment, capacity: capacityOf(environment.callLimits) };
const rowsClient = DynamoDBDocumentClient.from(new DynamoDBClient(AWS_LIMITS));
const optionalClient = DynamoDBDocumentClient.from(new DynamoDBClient(OPTIONAL_LIMITS));
const secretsProvider = new SecretsProvider({ awsSdkV3Client: new SecretsManagerClient(AWS_LIMITS) });
const meter = meterTo(new Metrics({ namespace: METRIC_NAMESPACE, serviceName: settings.trackerName }));
const time = { now: () => Date.now(), random: () => Math.random(), sleep };
const world: World = {
  ...time,
  budget: callBudget(
    budgetIn(optionalClient, settings.budgetTableName, settings.capacity),
    settings.capacity,
    time,
  ),
  forecast: forecastFrom,
  campaignSizes: campaignSizesIn(optionalClient, settings.tableName),
  async accessTo(streamId) {
    const access = accessOf(streamId, settings, await botExceptionsIn(secretsProvider, settings.bots));
    return {
      secret: secretIn(secretsProvider, access.secretArn),
      quotaKeyOf: (clientId) => quotaKeyOf(streamId, clientId, access),
      connect: (notification) =>
        connectToStatusApi({ ...access, ...CONNECTION_LIMITS }, notification, time.now),
    };
  },
  signToken,
  deliveryLog: deliveryLogIn(rowsClient, settings.tableName),
  finalEvents: finalEventsIn(rowsClient, settings.tableName),
  log: logTo(new Logger({ serviceName: settings.trackerName })),
  meter,
};

export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<CheckAnswer> {
  const savingTime = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - RESERVED_MS));
  try {
    return await checkDelivery(event, settings, world, savingTime);
  } finally {
    meter.publish();
  }
}
