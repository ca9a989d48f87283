import { expect, it } from 'vitest';
import { dollarsOf } from '../../bench/cost/cost.ts';
import { sum, type Usage } from '../../bench/one-tracking.ts';

/** A tracking that finds all logs at its last check: each check spends a call, and all but the last book one. */
function usage(checks: number, recipients: number): Usage {
  const [plan, learning, finalEvent] = [1, 1, 1];
  return {
    recipients,
    transitions: 3 * checks + 2,
    invocations: checks + 1,
    secondsLate: 5,
    requests: { GetItem: 1, Query: 1, UpdateItem: plan + checks + (checks - 1) + learning + finalEvent },
    rowUnits: 2 * recipients + 3,
    events: [{ source: 'bench', detailType: 'final', detail: {} }],
    answerBytes: 700,
  };
}

it.each([
  { checks: 4, recipients: 1, dollars: 0.00037 },
  { checks: 3, recipients: 1_000, dollars: 0.0015 },
])('is what docs/cost.md says: $checks checks, $recipients recipients', ({ checks, recipients, dollars }) => {
  const all = sum(Object.values(dollarsOf(usage(checks, recipients))));

  expect(Math.abs(all / dollars - 1)).toBeLessThan(0.05);
});
