/** What a check finds: it asks Kore, and makes safe what Kore returned before anything is decided on it. */
import type { TrackingInput } from '../../contract/tracking-input.ts';
import type { Reservation } from './budget/bookings.ts';
import { claimCall, type QuotaState } from './budget/claim-call.ts';
import type { Finding } from './decision.ts';
import type { Progress } from './invocation/invocation.ts';
import { type ClaimCall, callKore, type KoreAnswer } from './kore/call-kore.ts';
import { isFinalStatus, isKnownStatus } from './kore/words/status-word.ts';
import { expectObstacle } from './obstacle.ts';
import { digestOf, toRows } from './rows/to-rows.ts';
import type { World } from './world.ts';

export interface Found {
  readonly finding: Finding;
  /** What the call budget said; absent where it was not asked or not reached. */
  readonly quota?: QuotaState | undefined;
  /** What is known now, this check counted. */
  readonly progress: Progress;
  /** Kore's time of its latest delivery log, where this check read the table. */
  readonly latestLogAt?: string | undefined;
  /** Keys of all rows with the status `FAILURE`, where this check read the table and failures are announced. */
  readonly notReached?: readonly string[] | undefined;
}

interface Saving {
  readonly retentionDays: number;
  /** Whether failures are announced. */
  readonly announces: boolean;
}

/** @param savingTime ends the saving of rows before the function's own time limit does. */
export async function findStatus(
  request: TrackingInput,
  reservation: Reservation | undefined,
  before: Progress,
  saving: Saving,
  world: World,
  savingTime: AbortSignal,
): Promise<Found> {
  const progress = { ...before, checks: before.checks + 1 };
  const { claim, quota } = claiming(reservation, world);
  const called = await expectObstacle(callKore(request, claim, world), world.log);
  if (called.obstacle !== undefined) {
    return { finding: { kind: 'obstacle', obstacle: called.obstacle }, quota: quota(), progress };
  }

  const { answer } = called.value;
  const { status, pageSigns } = answer;
  if (pageSigns !== undefined) world.log.warn('Kore may have more logs than it returned', { pageSigns });
  if (!isKnownStatus(status)) world.log.warn('unknown status, taken as in progress', { status });
  const answered = { ...progress, status };
  const saved = await expectObstacle(
    save(called.value, request, answered, saving, world, savingTime),
    world.log,
  );
  if (saved.obstacle !== undefined) {
    return { finding: { kind: 'obstacle', obstacle: saved.obstacle }, quota: quota(), progress: answered };
  }
  const { total } = saved.value.progress.counts;
  const expected = Math.max(request.recipients ?? 0, answer.announced ?? 0);
  return { finding: { kind: 'status', status, logs: { total, expected } }, quota: quota(), ...saved.value };
}

/** Claims calls, the first one by the reservation, and remembers what the budget said last. */
function claiming(
  reservation: Reservation | undefined,
  world: World,
): { claim: ClaimCall; quota: () => QuotaState | undefined } {
  let unused = reservation;
  let quota: QuotaState | undefined;
  return {
    async claim(quotaKey) {
      const claimed = await claimCall(quotaKey, unused, world);
      unused = undefined;
      quota = claimed.quota;
      return { ...claimed, isPaused: quota?.state.pausedAt !== undefined };
    },
    quota: () => quota,
  };
}

/** Where the status is final, answer and table are compared whatever the digest says: no check comes after that. */
async function save(
  { answer: { entries, status }, askedAt }: KoreAnswer,
  request: TrackingInput,
  progress: Progress,
  { retentionDays, announces }: Saving,
  world: World,
  savingTime: AbortSignal,
): Promise<Pick<Found, 'progress' | 'latestLogAt' | 'notReached'>> {
  const digest = digestOf(entries);
  const isKnown = entries.length === 0 || digest === progress.savedDigest;
  if (isKnown && !isFinalStatus(status)) return { progress };
  const rows = toRows(entries, request, { now: world.now(), askedAt, retentionDays });
  const saved = await world.deliveryLog.saveLogs(request.requestId, rows, savingTime, announces);
  const { tally, isWhole, notReached } = saved;
  const { latestLogAt, ...known } = tally;
  // A digest vouches for what is in the table: where a newer version is there, this answer is not.
  const { savedDigest: _, ...before } = progress;
  return {
    progress: { ...before, ...known, ...(isWhole && { savedDigest: digest }) },
    latestLogAt,
    notReached,
  };
}
