/** When a check comes back that has no call free. */
import { expect, it } from 'vitest';
import { slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { Waiting } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';
import { DEADLINE, START, trackInMemory } from './tracking-in-memory.ts';

const LAST_END = lastEnd(DEADLINE);

/** Waits half a day, and reserves the slot at `reservedAt`. Times are seconds since the start. */
async function checkWithoutACall(elapsedSeconds: number, reservedAt?: number) {
  const { results, wishes } = await trackInMemory({
    input: { requestId: 'ds-1', streamId: 'st-1' },
    settings: {
      schedule: { firstCheckSeconds: 35, floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 43_200 },
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
  expect((await checkWithoutACall(DEADLINE + 60)).wishes).toEqual([LAST_END]);
});
