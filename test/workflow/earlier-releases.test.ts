/** Executions that were started under an earlier release run its definition and call the current function. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deployment, entry, fails, koreThat, says, trackAt } from './tracking-harness.ts';

const RELEASES = join(import.meta.dirname, '..', 'releases');

function asReleased(release: string) {
  const current = deployment();
  const definition = readFileSync(join(RELEASES, release, 'definition.json'), 'utf8');
  return { ...current, stateMachine: { ...current.stateMachine, definition } };
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
