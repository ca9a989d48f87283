/** Entry point of the `check-campaign` function: builds the world once for a container, then checks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { METRIC_NAMESPACE } from '../../contract/metrics.ts';
import { AWS_LIMITS } from '../aws-limits.ts';
import { deliveryLogIn } from '../check-delivery/rows/delivery-log-table.ts';
import { finalEventsIn } from '../check-delivery/rows/final-event-table.ts';
import { logTo } from '../check-delivery/telemetry/log.ts';
import { meterTo } from '../check-delivery/telemetry/meter.ts';
import { checkCampaign } from './check.ts';
import { fromEnvironment } from './environment.ts';
import { executionsOf } from './executions.ts';
import type { CampaignCheckResult } from './invocation.ts';
import { campaignTableIn } from './rows/campaign-table.ts';
import { finalEventReaderIn } from './rows/final-event-reader.ts';
import type { CampaignWorld } from './world.ts';

/** What a check may still have to do once reading has stopped: the final event and the row (three tries each), the answer. */
const RESERVED_MS = 20_000;
/** A page of a thousand executions takes longer, and Step Functions allows few of these requests a second. */
const EXECUTIONS_LIMITS = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

const settings = fromEnvironment(process.env);
const { tableName, trackerName, trackingStateMachineArn } = settings;
const rowsClient = DynamoDBDocumentClient.from(new DynamoDBClient(AWS_LIMITS));
const meter = meterTo(new Metrics({ namespace: METRIC_NAMESPACE, serviceName: trackerName }));
const world: CampaignWorld = {
  now: () => Date.now(),
  campaigns: campaignTableIn(rowsClient, tableName),
  finalEvents: {
    ...finalEventsIn(rowsClient, tableName),
    ...finalEventReaderIn(rowsClient, tableName, (ms, signal) => sleep(ms, undefined, { signal })),
  },
  deliveryLog: deliveryLogIn(rowsClient, tableName),
  executions: executionsOf(new SFNClient(EXECUTIONS_LIMITS), trackingStateMachineArn),
  log: logTo(new Logger({ serviceName: trackerName })),
  meter,
};

export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<CampaignCheckResult> {
  const readingTime = AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - RESERVED_MS));
  try {
    return await checkCampaign(event, settings, world, readingTime);
  } finally {
    meter.publish();
  }
}
