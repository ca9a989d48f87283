/**
 * Saves the logs of one notification in a process of its own, as cold as a function's first check, and prints what it took.
 * The processor's time is that of the whole process: compiling and collecting garbage are paid by the same share.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deliveryLogIn } from '../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { toRows } from '../../lambdas/check-delivery/rows/to-rows.ts';
import { LOCAL_REGION } from '../../local/aws/template.ts';
import { statusBody } from '../../local/kore/notification.ts';
import { unitsOf } from '../cost/write-units.ts';

export interface SavingRun {
  readonly endpoint: string;
  readonly tableName: string;
  readonly requestId: string;
  readonly recipients: number;
  /** Whether another check, which asked five seconds earlier, saves an older version of every log at the same time. */
  readonly isOverlapped: boolean;
}

export interface SavingTaken {
  readonly cpuMilliseconds: number;
  readonly requests: number;
  /** Failed conditional writes included. */
  readonly writeUnits: number;
}

const { endpoint, tableName, requestId, recipients, isOverlapped }: SavingRun = JSON.parse(
  process.argv[2] ?? '',
);
const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }),
);
let requests = 0;
let writeUnits = 0;
client.middlewareStack.add(
  (next) => async (args) => {
    const { Item } = args.input as { Item?: Record<string, unknown> };
    requests += 1;
    try {
      const answer = await next(args);
      if (Item !== undefined) writeUnits += unitsOf(Item);
      return answer;
    } catch (error) {
      // A condition that fails costs the write to the table, not those to its indexes.
      if (Item !== undefined) writeUnits += unitsOf({ ...Item, recipient: undefined, failureOf: undefined });
      throw error;
    }
  },
  { step: 'initialize' },
);
const log = deliveryLogIn(client, tableName);
const now = Date.now();

const cpuStart = process.cpuUsage();
await Promise.all([
  log.saveLogs(requestId, rowsAt(10_000, now), AbortSignal.any([])),
  ...(isOverlapped ? [log.saveLogs(requestId, rowsAt(10_000, now - 5_000), AbortSignal.any([]))] : []),
]);
const cpu = process.cpuUsage(cpuStart);
const taken: SavingTaken = {
  cpuMilliseconds: (cpu.user + cpu.system) / 1_000,
  requests,
  writeUnits,
};
process.stdout.write(JSON.stringify(taken));
client.destroy();

/** What Kore said when it was asked at that time: an earlier version of a log has another comment. */
function rowsAt(elapsed: number, askedAt: number) {
  const course = { durationSeconds: 1, fails: (i: number) => i % 8 === 5, fault: () => undefined };
  const sent = { requestId, streamId: 'st-bench', recipients, course, sentAt: 0 };
  const { statusLogs } = statusBody(sent, elapsed);
  const versions = statusLogs.map((one) => ({ ...one, version: askedAt }));
  return toRows(versions, { requestId, streamId: 'st-bench' }, { now, askedAt, retentionDays: 90 });
}
