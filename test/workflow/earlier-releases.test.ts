/**
 * Executions that were started under an earlier release run its definition and call the current function, which finds that
 * release's state and rows. `tracking.json` has what a tracking of it left: the second check's state, rows and summary.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import type { LocalAws } from '../../local/aws/local-aws.ts';
import { deployment, entry, type Fields, fails, koreThat, says, trackAt } from './tracking-harness.ts';

const RELEASES = join(import.meta.dirname, '..', 'releases');

function asReleased(release: string) {
  const current = deployment();
  const definition = readFileSync(join(RELEASES, release, 'definition.json'), 'utf8');
  return { ...current, stateMachine: { ...current.stateMachine, definition } };
}

/** What a tracking of the release left behind. */
function leftBy(release: string): { statusLogs: Fields[]; state: Fields; rows: Fields[] } {
  return JSON.parse(readFileSync(join(RELEASES, release, 'tracking.json'), 'utf8'));
}

async function putRows(aws: LocalAws, rows: readonly Fields[]): Promise<void> {
  for (const Item of rows) {
    await aws.tables.send(new PutCommand({ TableName: deployment().table.name, Item }));
  }
}

it.each(readdirSync(RELEASES))('completes under the definition of %s', async (release) => {
  const origin = await koreThat((call, response) =>
    call < 3 ? says(response, 'IN_PROGRESS', [entry(1)]) : says(response, 'SUCCESS', [entry(1), entry(2)]),
  );

  const { detail, end, logs } = await trackAt(origin, { deployment: asReleased(release) });

  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 3 });
  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete' } });
  expect(logs).toHaveLength(2);
});

it.each(readdirSync(RELEASES))('times out and fails under the definition of %s', async (release) => {
  const endless = await koreThat((_, response) => says(response, 'IN_PROGRESS'));
  const broken = await koreThat((_, response) => fails(response, 500));
  const setup = { deployment: asReleased(release), environment: { DEADLINE_SECONDS: '600' } };

  const [timedOut, failed] = [await trackAt(endless, setup), await trackAt(broken, setup)];

  expect(timedOut.events[0]?.detailType).toBe('Notification Delivery Timed Out');
  expect(failed.events[0]?.detailType).toBe('Notification Tracking Failed');
  expect(failed.end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
});

it.each(readdirSync(RELEASES))('goes on from a state of %s, and writes no row twice', async (release) => {
  const { statusLogs, state, rows } = leftBy(release);
  const logs = rows.filter(({ logId }) => logId !== '#summary');
  const origin = await koreThat((_, response) => says(response, 'PARTIAL_SUCCESS', statusLogs));
  const inFlight = asReleased(release);
  const began = { Type: 'Pass', Parameters: state, Next: 'Wait until next check' };
  const { 'Wait before first check': _, ...States } = JSON.parse(inFlight.stateMachine.definition).States;

  const { detail, end, aws } = await trackAt(origin, {
    deployment: {
      ...inFlight,
      stateMachine: {
        ...inFlight.stateMachine,
        definition: JSON.stringify({
          StartAt: 'After two checks',
          States: { ...States, 'After two checks': began },
        }),
      },
    },
    input: state.request,
    prepare: (aws) => putRows(aws, logs),
  });

  expect(end.status).toBe('SUCCEEDED');
  expect(detail.data).toMatchObject({
    requestId: state.request.requestId,
    status: 'PARTIAL_SUCCESS',
    checks: 3,
  });
  const saved = (await aws.rowsOf(state.request.requestId)) as Fields[];
  expect(saved.filter(({ logId }) => logId !== '#summary')).toEqual(
    logs.filter(({ requestId }) => requestId === state.request.requestId),
  );
});

it.each(readdirSync(RELEASES))('tracks what %s has tracked again, and finds its rows', async (release) => {
  const { statusLogs, state, rows } = leftBy(release);
  const { requestId } = state.request;
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', [...statusLogs, entry(9)]));

  const { detail, summary, logs } = await trackAt(origin, {
    input: state.request,
    name: `${requestId}--2`,
    prepare: (aws) => putRows(aws, rows),
  });

  expect(detail.data.counts).toMatchObject({ total: statusLogs.length + 1 });
  expect(new Set(logs.map(({ log }) => log.originalId)).size).toBe(logs.length);
  expect(logs).toHaveLength(statusLogs.length + 1);
  expect(summary).toMatchObject({ outcome: 'complete', status: 'SUCCESS' });
});
