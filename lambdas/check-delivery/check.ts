/** One check: find, decide, report. Everything that touches the world is handed in. */
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { announce } from './announcing/announce.ts';
import { bookNextCheck } from './book-next-check.ts';
import { keepLesson } from './budget/claim-call.ts';
import { type Decision, decide } from './decision.ts';
import { finalEventOf } from './ending/final-event.ts';
import { endedBy } from './ending/final-event-row.ts';
import { recordEnd } from './ending/record-end.ts';
import { rejectInput } from './ending/reject-input.ts';
import { tellEnd } from './ending/tell-end.ts';
import type { CheckSettings } from './environment.ts';
import { type Found, findStatus } from './find-status.ts';
import { foresee } from './foresee.ts';
import {
  type CheckAnswer,
  type CheckResult,
  type Ended,
  type Progress,
  parseInvocation,
  type Tracked,
  type Waiting,
} from './invocation/invocation.ts';
import { waitUntil } from './invocation/wait-until.ts';
import { measure, measureRejected } from './measure.ts';
import type { Obstacle } from './obstacle.ts';
import { planFirstCheck } from './plan-first-check.ts';
import { endedBetween, stillUnderWay } from './schedule/life-table.ts';
import { checkTimeFor, type Moment, momentOf } from './schedule/moment.ts';
import { planNextCheck } from './schedule/plan-next-check.ts';
import { foretell } from './schedule/schedule.ts';
import type { World } from './world.ts';

/**
 * @param event `{execution, input, state}` from the state machine.
 * @param savingTime ends the saving of rows before the function's own time limit does.
 */
export async function checkDelivery(
  event: unknown,
  settings: CheckSettings,
  world: World,
  savingTime: AbortSignal,
): Promise<CheckAnswer> {
  const { execution, announces, plans, tracking } = parseInvocation(event, settings);
  if (plans) return planFirstCheck(execution, tracking, settings, world);
  if (!tracking.valid) {
    const { result, recorded } = await rejectInput(execution, tracking, settings, world);
    if (recorded !== undefined) measureRejected(world.meter);
    return result;
  }

  const { request, progress: before, reservation, failures, end } = tracking;
  const { requestId, streamId, campaignId, correlationId } = request;
  const log = world.log.about({ requestId, streamId, campaignId, correlationId, check: before.checks + 1 });
  const logged = { ...world, log };
  if (end !== undefined) {
    const progress = { ...before, checks: before.checks + 1 };
    const tracked = { execution, request, progress, failures };
    const told = await tellEnd(endedBy(end), tracked, settings, logged);
    const answer = announces ? await announce(told, tracked, settings, logged) : told;
    log.info('checked', { ...answerToLog(answer), end: end.outcome });
    return answer;
  }
  const saving = { retentionDays: settings.retentionDays, announces };
  const found = await findStatus(request, reservation, before, saving, logged, savingTime);

  const moment = momentOf(execution, settings, world.now());
  const decision = decide(found.finding, {
    ...settings,
    elapsedSeconds: moment.elapsedSeconds,
    everAnswered: found.progress.status !== undefined,
    final: before.final,
  });
  const progress = 'final' in decision ? { ...found.progress, final: decision.final } : found.progress;
  const checked = { ...found, decision, execution, request, before, failures, progress };
  const { result, recorded } = await report(checked, moment, settings, logged);
  measure({ ...checked, recorded, now: moment.now, capacity: settings.capacity }, world.meter);
  const answer = announces ? await announce(result, checked, settings, logged) : result;
  const { status, counts, final } = progress;
  log.info('checked', {
    ...answerToLog(answer),
    status,
    counts,
    recipients: request.recipients,
    ...(final !== undefined && counts.total < final.expected && { expected: final.expected }),
  });
  return answer;
}

function answerToLog(answer: CheckAnswer) {
  if (answer.outcome === 'announcing') {
    return { ...resultToLog(answer.then), announced: answer.detail.data.count };
  }
  return resultToLog(answer);
}

function resultToLog(result: CheckResult) {
  if (result.outcome !== 'waiting') return { outcome: result.outcome };
  const { outcome, nextCheckAt, obstacle } = result;
  return { outcome, nextCheckAt, obstacle };
}

interface Checked extends Found, Tracked {
  readonly decision: Decision;
  /** What the check before knew. */
  readonly before: Progress;
}

interface Report {
  readonly result: CheckResult;
  /** The end that this check recorded. */
  readonly recorded?: Ended | undefined;
}

async function report(
  checked: Checked,
  moment: Moment,
  settings: CheckSettings,
  world: World,
): Promise<Report> {
  const { decision, execution } = checked;
  if ('nextCheckSeconds' in decision) {
    // Without a reservation: where no call is free then, the checks for missing logs end.
    const nextCheckAt = moment.now + decision.nextCheckSeconds * 1000;
    const time = Math.min(nextCheckAt, checkTimeFor(moment.deadlineAt, moment.now));
    return { result: waitUntil(time, checked, settings) };
  }
  if (decision.outcome === 'waiting') {
    return { result: await wait(checked, decision.obstacle, moment, settings, world) };
  }

  const ours = finalEventOf({ ...checked, decision, now: moment.now, tableArn: settings.tableArn });
  const attempted = await recordEnd(ours, moment, settings, world);
  if (attempted.obstacle !== undefined) {
    const later = momentOf(execution, settings, world.now());
    return { result: await wait(checked, attempted.obstacle, later, settings, world) };
  }
  const { ended, isRepeat } = attempted.value;
  if (!isRepeat) await learn(checked, world);
  const result = await tellEnd(ended, checked, settings, world);
  return { result, recorded: isRepeat ? undefined : ended };
}

async function wait(
  checked: Checked,
  obstacle: Obstacle | undefined,
  moment: Moment,
  settings: CheckSettings,
  world: World,
): Promise<Waiting> {
  const { request, before, finding, decision, quota } = checked;
  const { now, elapsedSeconds } = moment;
  const isUnderWay = finding.kind === 'status' && decision.outcome === 'waiting';
  const progress = isUnderWay ? { ...checked.progress, seenSeconds: elapsedSeconds } : checked.progress;
  const next = planNextCheck(
    settings.schedule,
    {
      moment,
      checks: progress.checks,
      seenSeconds: progress.seenSeconds,
      ...(await foresee(request, quota, now, settings, world)),
      endsInSeconds: isUnderWay ? endsInSeconds(request, before, progress) : undefined,
      obstacle,
      lastHourlyWaitSeconds: before.hourlyWaitSeconds,
    },
    world.random(),
  );
  const lesson = isUnderWay ? stillUnderWay(before.seenSeconds, elapsedSeconds) : undefined;
  const { wakesAt, booked } = await bookNextCheck(next, lesson, quota, moment, world);
  const known = { ...checked, progress: { ...progress, hourlyWaitSeconds: next.hourlyWaitSeconds } };
  return waitUntil(wakesAt, known, settings, {
    ...booked,
    ...(obstacle !== undefined && { obstacle: obstacle.code }),
  });
}

/** What the logs that came since the check before foretell. */
function endsInSeconds({ recipients }: TrackingInput, before: Progress, progress: Progress) {
  const arrived = progress.counts.total - before.counts.total;
  return foretell(recipients, progress.counts.total, arrived, progress.seenSeconds - before.seenSeconds);
}

/**
 * How long deliveries take is learnt from those that were seen to end. The last log's time tells when, unless a check after it saw the
 * delivery under way; then, and where Kore gave no time, any moment between the two checks is as likely.
 */
async function learn(checked: Checked, world: World): Promise<void> {
  const { decision, before, quota, latestLogAt, execution } = checked;
  if (decision.outcome !== 'complete') return;
  const [from, to] = [before.seenSeconds, decision.final.seenSeconds];
  const told = (Date.parse(latestLogAt ?? '') - Date.parse(execution.startedAt)) / 1000;
  const endedAt = told > from && told <= to ? told : from + (to - from) * world.random();
  await keepLesson(quota, endedBetween(from, to, endedAt), world);
}
