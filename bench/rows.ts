/**
 * Questions 3 and 4, for one notification: time and requests to write its rows, by the number of recipients.
 *
 *     npm run bench -- rows
 */

import { rmSync } from 'node:fs';
import { toRows } from '../lambdas/check-delivery/delivery-log.ts';
import { deliveryLogIn } from '../lambdas/check-delivery/delivery-log-table.ts';
import { tableServer } from '../local/aws/table-server.ts';
import { statusBody } from '../local/kore/notification.ts';
import { synthesise } from '../local/synthesise.ts';
import { type Chart, lineChart } from './chart.ts';
import { markdownTable, number, type Section } from './section.ts';

const RECIPIENTS = [1, 10, 100, 300, 1_000, 3_000];
const RUNS = 5;

interface Measured {
  readonly recipients: number;
  readonly milliseconds: number;
  readonly requests: number;
}

export async function rowsSection(): Promise<Section> {
  const { directory, deployment } = await synthesise({});
  try {
    const measured: Measured[] = [];
    for (const recipients of RECIPIENTS) measured.push(await measure(recipients, deployment.table));
    return {
      name: 'rows',
      command: 'npm run bench -- rows',
      text: [
        `Saving all logs of one notification at once, by the function's own code, into dynalite; median of ${RUNS} runs.`,
        markdownTable(
          ['recipients', 'ms', 'requests to DynamoDB'],
          measured.map((one) => [number(one.recipients), number(one.milliseconds), number(one.requests)]),
        ),
      ].join('\n\n'),
      charts: [chartOf(measured)],
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measure(recipients: number, table: Parameters<typeof tableServer>[0]): Promise<Measured> {
  const server = await tableServer(table);
  try {
    let requests = 0;
    server.onRequest(() => {
      requests += 1;
    });
    const log = deliveryLogIn(server.client, table.name);
    const times: number[] = [];
    // One uncounted run warms the database.
    for (let run = -1; run < RUNS; run += 1) {
      const requestId = `ds-${run + 1}`;
      const rows = rowsOf(requestId, recipients);
      const start = performance.now();
      await log.saveLogs(requestId, rows, AbortSignal.any([]));
      if (run >= 0) times.push(performance.now() - start);
    }
    const milliseconds = times.sort((a, b) => a - b)[RUNS >> 1] ?? 0;
    return { recipients, milliseconds, requests: requests / (RUNS + 1) };
  } finally {
    await server.close();
  }
}

function rowsOf(requestId: string, recipients: number) {
  const course = { durationSeconds: 1, fails: (i: number) => i % 8 === 5, fault: () => undefined };
  const sent = { requestId, streamId: 'st-bench', recipients, course, sentAt: 0 };
  const { statusLogs } = statusBody(sent, 10_000);
  return toRows(
    statusLogs,
    { requestId, streamId: 'st-bench' },
    { now: Date.now(), askedAt: Date.now(), retentionDays: 90 },
  );
}

function chartOf(measured: readonly Measured[]): Chart {
  return lineChart({
    name: 'rows',
    title: 'Saving the logs of one notification',
    x: 'recipients',
    y: 'milliseconds, and requests',
    points: measured.flatMap(({ recipients, milliseconds, requests }) => [
      { x: recipients, y: milliseconds, series: 'ms' },
      { x: recipients, y: requests, series: 'requests' },
    ]),
  });
}
