import { expect, it } from 'vitest';
import type { CallBudget } from '../../lambdas/check-delivery/call-budget.ts';
import { capacityOf, KORE_LIMITS, slotAt } from '../../lambdas/check-delivery/call-limits.ts';
import { type CheckSettings, checkDelivery } from '../../lambdas/check-delivery/check.ts';
import { lastEnd } from '../../lambdas/check-delivery/decision.ts';
import type { CheckResult, Waiting } from '../../lambdas/check-delivery/invocation.ts';
import type { Secret } from '../../lambdas/check-delivery/kore/secret.ts';
import type { Ledger, Reservation } from '../../lambdas/check-delivery/ledger.ts';
import { EMPTY_TABLE } from '../../lambdas/check-delivery/life-table.ts';
import type { Log } from '../../lambdas/check-delivery/log.ts';

const STARTED_AT = Date.parse('2026-01-01T00:00:00Z');
const DEADLINE = 7_200;
const LAST_END = lastEnd(DEADLINE);
const settings: CheckSettings = {
  apiScope: 'app-builder',
  schedule: { firstCheckSeconds: 35, floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 43_200 },
  deadlineSeconds: DEADLINE,
  notFoundGraceSeconds: 600,
  retentionDays: 90,
  tableArn: 'arn:table',
  capacity: capacityOf(KORE_LIMITS),
};
const EMPTY_LEDGER: Ledger = {
  slots: new Map(),
  reserved: new Map(),
  runs: new Map(),
  lives: EMPTY_TABLE,
  generation: 0,
  outdated: [],
};
const SILENT: Log = { info: () => {}, warn: () => {}, about: () => SILENT };

/**
 * A check of a bot that has no call free, which reserves the slot at `reservedAt`. Times are seconds since the start.
 *
 * @param onWish hears of the wish for a call.
 */
async function checkWithoutACall(
  elapsedSeconds: number,
  reservedAt?: number,
  onWish?: (wishedAt: number) => void,
): Promise<CheckResult> {
  const reservation: Reservation | undefined =
    reservedAt === undefined ? undefined : { slot: slotAt(STARTED_AT + reservedAt * 1000), number: 1 };
  const budget: CallBudget = {
    claim: async () => ({ granted: false, ledger: EMPTY_LEDGER }),
    async reserve(_bot, wishedAt) {
      onWish?.((wishedAt - STARTED_AT) / 1000);
      return reservation;
    },
    learn: async () => {},
  };
  const credentials = {
    clientId: 'cs-1',
    subject: 'cs-1',
    algorithm: 'HS256',
    key: new Uint8Array(),
  } as const;
  const known = async () => ({ credentials, version: '1' });
  const secret: Secret = { current: known, refetched: known };
  const event = {
    execution: { id: 'arn:execution', name: 'ds-1', startedAt: new Date(STARTED_AT).toISOString() },
    // After so many checks every wait is the cap.
    state: {
      outcome: 'waiting',
      request: { requestId: 'ds-1', streamId: 'st-1' },
      progress: { checks: 200 },
    },
  };
  return checkDelivery(
    event,
    settings,
    {
      now: () => STARTED_AT + elapsedSeconds * 1000,
      random: () => 0,
      budget,
      budgetKeyOf: () => 'st-1',
      secretOf: () => secret,
      signToken: async () => 'token',
      connectToKore: async () => ({
        ask: () => Promise.reject(new Error('Kore was called')),
        drop: () => {},
      }),
      finalEvents: { record: async (row) => row },
      deliveryLog: {
        saveLogs: () => Promise.reject(new Error('there is nothing to save')),
        saveSummary: async () => {},
      },
      log: SILENT,
      meter: { add: () => {} },
    },
    new AbortController().signal,
  );
}

/** Seconds from the start to the next check. */
const nextCheckIn = (result: CheckResult) =>
  (Date.parse((result as Waiting).nextCheckAt) - STARTED_AT) / 1000;

it('comes back at the last end at the latest, however long the cap, since rows may expire after it', async () => {
  const result = await checkWithoutACall(DEADLINE + 60);

  expect(result).toMatchObject({ outcome: 'waiting', obstacle: 'OUT_OF_CALL_BUDGET' });
  expect(nextCheckIn(result)).toBe(LAST_END);
});

it('comes back at the deadline at the latest, though its time to queue is longer', async () => {
  expect(nextCheckIn(await checkWithoutACall(DEADLINE - 60))).toBe(DEADLINE);
});

it('comes for a reserved call after its deadline', async () => {
  const result = await checkWithoutACall(DEADLINE - 60, DEADLINE + 600);

  expect(nextCheckIn(result)).toBe(DEADLINE + 600);
});

it('does not wait for a call that is reserved beyond the last end, but ends there', async () => {
  const result = await checkWithoutACall(DEADLINE - 60, LAST_END + 600);

  expect(nextCheckIn(result)).toBe(LAST_END);
  expect(await checkWithoutACall(LAST_END)).toMatchObject({
    outcome: 'failed',
    detail: { data: { error: { code: 'OUT_OF_CALL_BUDGET' } } },
  });
});

it('wishes for no call after the last end, which nobody would use', async () => {
  const wishes: number[] = [];

  await checkWithoutACall(DEADLINE + 60, undefined, (wishedAt) => wishes.push(wishedAt));

  expect(wishes).toEqual([LAST_END]);
});
