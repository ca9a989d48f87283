/** One check: look, decide, report. Everything that touches the world is handed in. */
import type { TrackingInput } from '../../lib/contract.ts';
import { wakingTime } from './call-budget.ts';
import type { Capacity } from './call-limits.ts';
import { deadlineOf, lastEndOf } from './deadline.ts';
import { type Decision, decide } from './decision.ts';
import { endedWith } from './final-event.ts';
import {
  type CheckResult,
  type Ended,
  type Execution,
  type Progress,
  parseInvocation,
  type Tracked,
  type Waiting,
} from './invocation.ts';
import type { ApiScope } from './kore/status-api.ts';
import { priceOf } from './ledger.ts';
import { EMPTY_TABLE, endedBetween, stillUnderWay } from './life-table.ts';
import { type Look, look } from './look.ts';
import { measure } from './measure.ts';
import { koreWish, type Obstacle, waitAfter } from './obstacle.ts';
import { remember, reserveNext } from './permit.ts';
import { recordEnd } from './record-end.ts';
import { rejectInput } from './reject-input.ts';
import { endedBy } from './rows/final-event-row.ts';
import { checkTimeFor, foretell, type Schedule, wishedTime } from './schedule.ts';
import { tellEnd } from './tell-end.ts';
import { waitUntil } from './wait-until.ts';
import type { World } from './world.ts';

export interface CheckSettings {
  readonly apiScope: ApiScope;
  readonly defaultStreamId?: string | undefined;
  readonly schedule: Schedule;
  readonly deadlineSeconds: number;
  readonly notFoundGraceSeconds: number;
  readonly retentionDays: number;
  readonly tableArn: string;
  /** What of Kore's limits can be booked. */
  readonly capacity: Capacity;
}

/**
 * @param event `{execution, input, state}` from the state machine.
 * @param savingTime ends the saving of rows before the function's own time limit does.
 */
export async function checkDelivery(
  event: unknown,
  settings: CheckSettings,
  world: World,
  savingTime: AbortSignal,
): Promise<CheckResult> {
  const needsStreamId = settings.apiScope === 'app-builder';
  const { execution, tracking } = parseInvocation(event, needsStreamId, settings.defaultStreamId);
  if (!tracking.valid) return rejectInput(execution, tracking, settings, world);

  const { request, progress: before, reservation, failures, end } = tracking;
  const { requestId, streamId, correlationId } = request;
  const log = world.log.about({ requestId, streamId, correlationId, check: before.checks + 1 });
  const logged = { ...world, log };
  if (end !== undefined) {
    const progress = { ...before, checks: before.checks + 1 };
    const told = await tellEnd(endedBy(end), { execution, request, progress, failures }, settings, logged);
    log.info('checked', { ...resultToLog(told), end: end.outcome });
    return told;
  }
  const seen = await look(request, reservation, before, settings.retentionDays, logged, savingTime);

  const decision = decide(seen.sight, {
    ...settings,
    elapsedSeconds: elapsedSeconds(execution, world),
    everAnswered: seen.progress.status !== undefined,
    final: before.final,
  });
  const progress = 'final' in decision ? { ...seen.progress, final: decision.final } : seen.progress;
  const checked = { ...seen, decision, execution, request, before, failures, progress };
  const { result, recorded } = await report(checked, settings, logged);
  measure({ ...checked, recorded, now: world.now(), capacity: settings.capacity }, world.meter);
  const { status, counts, final } = progress;
  log.info('checked', {
    ...resultToLog(result),
    status,
    counts,
    recipients: request.recipients,
    ...(final !== undefined && counts.total < final.expected && { expected: final.expected }),
  });
  return result;
}

function resultToLog(result: CheckResult) {
  if (result.outcome !== 'waiting') return { outcome: result.outcome };
  const { outcome, nextCheckAt, obstacle } = result;
  return { outcome, nextCheckAt, obstacle };
}

interface Checked extends Look, Tracked {
  readonly decision: Decision;
  /** What the check before knew. */
  readonly before: Progress;
}

interface Report {
  readonly result: CheckResult;
  /** The end that this check recorded. */
  readonly recorded?: Ended | undefined;
}

async function report(checked: Checked, settings: CheckSettings, world: World): Promise<Report> {
  const { decision, execution } = checked;
  const wait = async (obstacle: Obstacle | undefined): Promise<Report> => ({
    result: await waiting(checked, obstacle, settings, world),
  });
  const now = world.now();
  if ('nextLookSeconds' in decision) {
    // Without a reservation: a call that is not free then ends the looking.
    const nextLookAt = now + decision.nextLookSeconds * 1000;
    const time = Math.min(nextLookAt, checkTimeFor(deadlineOf(execution, settings), now));
    return { result: waitUntil(time, checked, settings) };
  }
  if (decision.outcome === 'waiting') return wait(decision.obstacle);

  const ours = endedWith({ ...checked, decision, now, tableArn: settings.tableArn });
  const recorded = await recordEnd(ours, { now, lastEndAt: lastEndOf(execution, settings) }, settings, world);
  if ('code' in recorded) return wait(recorded);
  const { ended, isRepeat } = recorded;
  if (!isRepeat) await learnFrom(checked, world);
  const result = await tellEnd(ended, checked, settings, world);
  return { result, recorded: isRepeat ? undefined : ended };
}

const LONGEST_RESERVED_WISH_SECONDS = 600;

async function waiting(
  checked: Checked,
  obstacle: Obstacle | undefined,
  settings: CheckSettings,
  world: World,
): Promise<Waiting> {
  const { execution, request, before, sight, budget } = checked;
  const elapsed = elapsedSeconds(execution, world);
  const isUnderWay = sight.kind === 'status' && checked.decision.outcome === 'waiting';
  const progress = isUnderWay ? { ...checked.progress, seenSeconds: elapsed } : checked.progress;
  const wish = koreWish(obstacle, before.hourlyWaitSeconds);
  const now = world.now();
  const deadlineAt = deadlineOf(execution, settings);
  const lastEndAt = lastEndOf(execution, settings);
  const wished = wishedTime(
    settings.schedule,
    {
      elapsedSeconds: elapsed,
      checks: progress.checks,
      price: budget === undefined ? 1 : priceOf(budget.ledger, now, settings.capacity),
      lives: budget?.ledger.lives ?? EMPTY_TABLE,
      endsInSeconds: isUnderWay ? endsInSeconds(request, before, progress) : undefined,
      atLeastSeconds: obstacle === undefined ? 0 : waitAfter(obstacle),
      koreAsksSeconds: wish.seconds,
      random: world.random(),
    },
    now,
    now < deadlineAt ? deadlineAt : lastEndAt,
  );
  const lesson = isUnderWay ? stillUnderWay(before.seenSeconds, elapsed) : undefined;
  // A call far ahead would weigh on the bot's bookings for as long: it is claimed at waking.
  const isFar = wish.seconds > LONGEST_RESERVED_WISH_SECONDS;
  const reservation = isFar ? undefined : await reserveNext(budget, wished, lesson, world);
  const waking = reservation === undefined ? wished : wakingTime(reservation, wished);
  const known = { ...checked, progress: { ...progress, hourlyWaitSeconds: wish.hourlyWaitSeconds } };
  // A call that is free only later comes too late: after the last end rows may expire.
  return waitUntil(Math.min(waking, checkTimeFor(lastEndAt, now)), known, settings, {
    ...(reservation !== undefined && { reservation }),
    ...(obstacle !== undefined && { obstacle: obstacle.code }),
  });
}

/** What the logs that came since the look before foretell. */
function endsInSeconds({ recipients }: TrackingInput, before: Progress, progress: Progress) {
  const arrived = progress.counts.total - before.counts.total;
  return foretell(recipients, progress.counts.total, arrived, progress.seenSeconds - before.seenSeconds);
}

/** How long deliveries take is learnt from those that were seen to end. */
async function learnFrom({ decision, before, budget }: Checked, world: World): Promise<void> {
  if (decision.outcome !== 'complete') return;
  const lesson = endedBetween(before.seenSeconds, decision.final.seenSeconds, world.random());
  await remember(budget, lesson, world);
}

function elapsedSeconds(execution: Execution, world: World): number {
  return (world.now() - Date.parse(execution.startedAt)) / 1000;
}
