/** When a check plans the next one. Whole trackings, check by check, are in test/workflow/ (complete.test.ts first). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { FINE_SECONDS, stretchOf } from '../../lambdas/check-delivery/budget/starts.ts';
import type { Waiting } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';
import { answers, DEADLINE, START, trackInMemory } from './tracking-in-memory.ts';

const LAST_END = lastEnd(DEADLINE);

/** Waits half a day, and reserves the slot at `reservedAt`. Times are seconds since the start. */
async function checkWithoutACall(elapsedSeconds: number, reservedAt?: number) {
  const { results, wishes } = await trackInMemory({
    input: { requestId: 'ds-1', streamId: 'st-1' },
    settings: {
      schedule: { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 43_200 },
    },
    // After so many checks every wait is the cap.
    state: { progress: { checks: 200 } },
    claim: { granted: false, state: EMPTY_STATE },
    reserve: () =>
      reservedAt === undefined ? undefined : { slot: slotAt(START + reservedAt * 1000), number: 1 },
    answer: () => {
      throw new Error('Kore was called');
    },
    firstAt: elapsedSeconds,
    most: 1,
  });
  const [result] = results;
  return { result, wishes, nextCheckIn: (Date.parse((result as Waiting).nextCheckAt) - START) / 1000 };
}

it('comes back at the last end at the latest, however long the cap, since rows may expire after it', async () => {
  const { result, nextCheckIn } = await checkWithoutACall(DEADLINE + 60);

  expect(result).toMatchObject({ outcome: 'waiting', obstacle: 'OUT_OF_CALL_BUDGET' });
  expect(nextCheckIn).toBe(LAST_END);
});

it('comes back at the deadline at the latest, though its time to queue is longer', async () => {
  expect((await checkWithoutACall(DEADLINE - 60)).nextCheckIn).toBe(DEADLINE);
});

it('comes for a reserved call after its deadline', async () => {
  expect((await checkWithoutACall(DEADLINE - 60, DEADLINE + 600)).nextCheckIn).toBe(DEADLINE + 600);
});

it('does not wait for a call that is reserved beyond the last end, but ends there', async () => {
  expect((await checkWithoutACall(DEADLINE - 60, LAST_END + 600)).nextCheckIn).toBe(LAST_END);
  expect((await checkWithoutACall(LAST_END)).result).toMatchObject({
    outcome: 'failed',
    detail: { data: { error: { code: 'OUT_OF_CALL_BUDGET' } } },
  });
});

it('wishes for no call after the last end, which nobody would use', async () => {
  expect((await checkWithoutACall(LAST_END - 300)).wishes).toEqual([LAST_END]);
});

it('wishes for no call that is far ahead, which would weigh on the bookings for as long', async () => {
  expect((await checkWithoutACall(LAST_END - 600)).wishes).toEqual([LAST_END]);
  expect((await checkWithoutACall(LAST_END - 601)).wishes).toEqual([]);
});

it('waits longer where many of its campaign are still to come than where all have started, or where it names none', async () => {
  const checkedAt = 40;
  const fine = new Map([[stretchOf(START, FINE_SECONDS), 300]]);
  const waitWith = async (notifications: number, campaign: object = { campaignId: 'spring' }) => {
    const { wishes } = await trackInMemory({
      input: { requestId: 'ds-1', streamId: 'st-1', ...campaign },
      sizeOf: async () => ({ notifications, startedAt: START }),
      claim: { granted: true, state: { ...EMPTY_STATE, starts: { fine, coarse: new Map() } } },
      answer: () => answers('IN_PROGRESS'),
      firstAt: checkedAt,
      most: 1,
    });
    return (wishes[0] ?? 0) - checkedAt;
  };

  const [many, all, unnamed] = [await waitWith(20_000), await waitWith(300), await waitWith(20_000, {})];

  expect(many).toBeGreaterThan(2 * all);
  expect(many).toBeGreaterThan(2 * unnamed);
});

it('goes by one look at the clock: a deadline that passes during the check makes no two answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2_000 }),
      fc.integer({ min: 1, max: 10_000 }),
      async (lookTakesMs, wokenMsBefore) => {
        const { results } = await trackInMemory({
          answer: () => answers('IN_PROGRESS'),
          firstAt: DEADLINE - wokenMsBefore / 1000,
          lookTakesMs,
          most: 1,
        });

        const [result] = results;
        // What still waits was before the deadline, and so the deadline is when it comes back.
        if (result?.outcome === 'waiting') {
          expect(Date.parse(result.nextCheckAt)).toBeLessThanOrEqual(START + (DEADLINE + 1) * 1000);
        } else {
          expect(result?.outcome).toBe('timed-out');
        }
      },
    ),
  );
});
