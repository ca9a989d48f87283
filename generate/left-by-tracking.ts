/** What a tracking leaves behind that a later release must go on from: a state, rows and an event. */

import { createServer } from 'node:http';
import { BOTS_PARTITION } from '../contract/table-names.ts';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import type { Deployment } from '../local/aws/deployment.ts';
import type { BusEvent } from '../local/aws/event-bus.ts';
import { localAws } from '../local/aws/local-aws.ts';
import { jumpingClock } from '../local/clock.ts';
import { closeServer, listenOnLoopback } from '../local/loopback.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface LeftByTracking {
  /** As Kore sent them at the end: one delivered, one failed, one without an id. */
  readonly statusLogs: readonly Fields[];
  /** What the second of three checks returned. */
  readonly state: CheckResult | undefined;
  /** The delivery logs come last. */
  readonly rows: readonly Fields[];
  readonly event: BusEvent | undefined;
}

const SECRET = JSON.stringify({ clientId: 'cs-frozen', clientSecret: 'a secret of a frozen release only' });

/** @param version of the release; the notification is named for it. */
export async function leftByTracking(deployment: Deployment, version: string): Promise<LeftByTracking> {
  const requestId = `ds-begun-with-${version.replaceAll('.', '-')}`;
  const streamId = 'st-736ff917-d836-55b4-9a6b-3dad20c09af3';
  let calls = 0;
  const kore = createServer((_, response) => {
    calls += 1;
    const statusLogs = calls === 1 ? STATUS_LOGS.slice(0, 2) : STATUS_LOGS;
    const status = calls < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS';
    response.end(JSON.stringify({ statusLogs, count: statusLogs.length, status, streamId }));
  });
  const environment = { KORE_HOST: await listenOnLoopback(kore) };
  const aws = await localAws(deployment, SECRET, jumpingClock(), environment);
  try {
    const checks: CheckResult[] = [];
    const input = { requestId, streamId, recipients: STATUS_LOGS.length, correlationId: 'c-1' };
    const execution = aws.track({ name: requestId, input, onCheck: (result) => checks.push(result) });
    await execution.ended;
    const rows = await Promise.all([execution.arn, BOTS_PARTITION, requestId].map((key) => aws.rowsOf(key)));
    return { statusLogs: STATUS_LOGS, state: checks[1], rows: rows.flat(), event: aws.events[0] };
  } finally {
    await aws.close();
    await closeServer(kore);
  }
}

const STATUS_LOGS = [
  { _id: 'nl-1', ...logOf(1, 'SUCCESS', 'sent') },
  { _id: 'nl-2', ...logOf(2, 'FAILURE', 'Identity is not associated with the channel') },
  logOf(3, 'SUCCESS', 'sent'),
];

/** With a field that Kore's docs do not know. */
function logOf(index: number, status: string, comments: string): Fields {
  return {
    originalId: `Person.${index}@Example.com`,
    channel: 'ivr',
    status,
    comments,
    createdOn: '2026-01-02T03:04:05.678Z',
    __v: 0,
    notInTheDocs: { nested: [1, 'two', null] },
  };
}
