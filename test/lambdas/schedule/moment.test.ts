import fc from 'fast-check';
import { expect, it } from 'vitest';
import { momentOf, triedAgainAt } from '../../../lambdas/check-delivery/schedule/moment.ts';

const STARTED_AT = Date.parse('2026-01-01T00:00:00Z');
const execution = { startedAt: new Date(STARTED_AT).toISOString() };
const nextTry = (deadlineSeconds: number, now: number) =>
  triedAgainAt(momentOf(execution, { deadlineSeconds }, now), { deadlineSeconds });
const DAY = 86_400;
const anyDeadline = fc.integer({ min: 60, max: 364 * DAY });

it('an end that the table does not take is written anew a minute later', () => {
  const [at, next] = [STARTED_AT + 5_000, STARTED_AT + 65_000];

  expect(nextTry(3_600, at)).toBe(next);
});

it('is tried at the deadline and at the last end, and up to there no more than some 600 times', () => {
  fc.assert(
    fc.property(anyDeadline, (deadlineSeconds) => {
      const tries = new Set<number>();
      const { deadlineAt, lastEndAt } = momentOf(execution, { deadlineSeconds }, STARTED_AT);

      let at = STARTED_AT;
      while (at < lastEndAt) {
        at = nextTry(deadlineSeconds, at);
        tries.add(at);
      }

      expect(tries).toContain(deadlineAt);
      expect(tries).toContain(lastEndAt);
      expect(tries.size).toBeLessThanOrEqual(602);
    }),
  );
});
