import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deadlineOf, lastEndOf, triedAgainAt } from '../../lambdas/check-delivery/deadline.ts';

const STARTED_AT = Date.parse('2026-01-01T00:00:00Z');
const execution = { id: 'arn:execution', name: 'ds-1', startedAt: new Date(STARTED_AT).toISOString() };
const DAY = 86_400;
const anyDeadline = fc.integer({ min: 60, max: 364 * DAY });

it('an end that the table does not take is written anew a minute later', () => {
  const [at, next] = [STARTED_AT + 5_000, STARTED_AT + 65_000];

  expect(triedAgainAt(execution, { deadlineSeconds: 3_600 }, at)).toBe(next);
});

it('is tried at the deadline and at the last end, and up to there no more than some 600 times', () => {
  fc.assert(
    fc.property(anyDeadline, (deadlineSeconds) => {
      const tries = new Set<number>();
      const lastEndAt = lastEndOf(execution, { deadlineSeconds });

      let at = STARTED_AT;
      while (at < lastEndAt) {
        at = triedAgainAt(execution, { deadlineSeconds }, at);
        tries.add(at);
      }

      expect(tries).toContain(deadlineOf(execution, { deadlineSeconds }));
      expect(tries).toContain(lastEndAt);
      expect(tries.size).toBeLessThanOrEqual(602);
    }),
  );
});
