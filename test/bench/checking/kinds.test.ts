import { describe, expect, it } from 'vitest';
import { KINDS } from '../../../bench/checking/kinds.ts';
import { slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { parseInvocation } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { parseStatusAnswer } from '../../../lambdas/check-delivery/kore/answer/status-answer.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const [plan, underWay, last] = KINDS;

describe.each(KINDS)('the check "$name"', ({ event }) => {
  it('is accepted, and the same whenever it is made', () => {
    const { execution, tracking } = parseInvocation(event(NOW), { apiScope: 'app-builder' });

    expect(tracking.valid).toBe(true);
    expect(Date.parse(execution.startedAt)).toBeLessThanOrEqual(NOW);
    expect(event(NOW)).toEqual(event(NOW));
  });
});

it('the plan asks for nothing but the first time', () => {
  expect(parseInvocation(plan?.event(NOW), { apiScope: 'app-builder' }).plans).toBe(true);
});

it.each([underWay, last])('a later check has a call of the present slot', (kind) => {
  const { tracking } = parseInvocation(kind?.event(NOW), { apiScope: 'app-builder' });

  expect(tracking).toMatchObject({ reservation: { slot: slotAt(NOW) }, progress: { checks: 2 } });
});

it('the one finds nothing new, the other all logs and the end', () => {
  const [before, after] = [underWay, last].map((kind) => parseStatusAnswer(kind?.koreSays ?? ''));

  expect(before).toMatchObject({ status: 'IN_PROGRESS', entries: [] });
  expect(after?.status).toBe('PARTIAL_SUCCESS');
  expect(after?.entries.length).toBe(1_000);
});
