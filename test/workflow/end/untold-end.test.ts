/** An end that is recorded while the table does not take the summary: the checks after it only tell it. */
import { expect, it } from 'vitest';
import { METRIC_NAMESPACE } from '../../../contract/metrics.ts';
import type { FaultPlan } from '../../../testing/faults/fault-plan.ts';
import { entry, fails, koreThat, STREAM_ID, says, trackAt } from '../tracking-harness.ts';

const INPUT = { requestId: 'ds-1', streamId: STREAM_ID };
/** As often as the SDK tries. */
const TRIES = 3;

/** The table takes no summary for so many checks. */
function withoutSummary(checks: number): FaultPlan {
  let arrivals = 0;
  return {
    arrive(place) {
      if (place !== 'summary') return undefined;
      arrivals += 1;
      return arrivals <= checks * TRIES ? 'error' : undefined;
    },
  };
}

/** How often a metric was counted. */
const counted = (lines: readonly string[], metric: string) =>
  lines
    .map((line) => JSON.parse(line))
    .filter((line) => line._aws?.CloudWatchMetrics[0].Namespace === METRIC_NAMESPACE && metric in line)
    .length;

it('is told at the next check, without another call, and counts once', async () => {
  let calls = 0;
  const kore = await koreThat((call, response) => {
    calls = call;
    says(response, 'SUCCESS', [entry(1)]);
  });

  const { checks, detail, summary, logLines } = await trackAt(kore, {
    input: INPUT,
    faults: withoutSummary(1),
  });

  expect(checks.map(({ outcome }) => outcome)).toEqual(['waiting', 'complete']);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 1 } });
  expect(summary).toMatchObject({ outcome: 'complete', counts: { total: 1 } });
  expect(calls).toBe(1);
  expect(counted(logLines, 'DeliveriesComplete')).toBe(1);
  expect(counted(logLines, 'DetectionLag')).toBe(1);
});

it('stays what it is, though Kore by then knows the id after all', async () => {
  let isKnown = false;
  const kore = await koreThat((_, response) =>
    isKnown ? says(response, 'IN_PROGRESS') : fails(response, 404),
  );

  const { detail, checks } = await trackAt(kore, {
    input: INPUT,
    faults: withoutSummary(1),
    afterCheck: (check) => {
      isKnown = check.outcome === 'waiting' && check.obstacle === 'TABLE_UNREACHABLE';
    },
  });

  expect(checks.at(-2)).toMatchObject({ obstacle: 'TABLE_UNREACHABLE' });
  expect(detail.data).toMatchObject({ error: { code: 'NOTIFICATION_NOT_FOUND' } });
  expect(detail.data.durationSeconds).toBeLessThan(900);
});
