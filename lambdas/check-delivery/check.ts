/** One check: look, save what is new, decide, report. Everything that touches the world is handed in. */
import type { TrackingInput } from '../../lib/contract.ts';
import type { Credentials } from './credentials.ts';
import { type Decision, decide, isKnownStatus, type Sight } from './decision.ts';
import { digestOf, tally, toRows } from './delivery-log.ts';
import type { DeliveryLog } from './delivery-log-table.ts';
import { endedWith, rejectedInput, summaryOf } from './final-event.ts';
import {
  type CheckResult,
  type Ended,
  type Execution,
  type Invocation,
  type Progress,
  parseInvocation,
} from './invocation.ts';
import type { Log } from './log.ts';
import { type Obstacle, ObstacleError, waitAfter } from './obstacle.ts';
import { nextCheckAt, type Schedule } from './schedule.ts';
import type { Secret } from './secret.ts';
import type { StatusAnswer } from './status-answer.ts';
import type { ApiScope, NotificationName, StatusReply } from './status-api.ts';

export interface CheckSettings {
  readonly apiScope: ApiScope;
  readonly defaultStreamId?: string | undefined;
  readonly schedule: Schedule;
  readonly deadlineSeconds: number;
  readonly notFoundGraceSeconds: number;
  readonly retentionDays: number;
  readonly tableArn: string;
}

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  readonly secret: Secret;
  signToken(credentials: Credentials, now: number): Promise<string>;
  callKore(notification: NotificationName, token: string): Promise<StatusReply>;
  readonly deliveryLog: DeliveryLog;
  readonly log: Log;
}

/** What a later check needs of an earlier one, before it knows how this one ends. */
type Look = { readonly sight: Sight; readonly progress: Progress };

/**
 * Runs one check.
 *
 * @param event `{execution, state}` from the state machine.
 * @param savingTime ends the saving of rows before the function's own time limit does.
 */
export async function checkDelivery(
  event: unknown,
  settings: CheckSettings,
  world: World,
  savingTime: AbortSignal,
): Promise<CheckResult> {
  const needsStreamId = settings.apiScope === 'app-builder';
  const invocation = parseInvocation(event, needsStreamId, settings.defaultStreamId);
  const { execution, tracking } = invocation;
  if (!tracking.valid) return reject(invocation, settings, world);

  const { request } = tracking;
  const log = world.log.about({
    requestId: request.requestId,
    streamId: request.streamId,
    correlationId: request.correlationId,
    check: tracking.progress.checks + 1,
  });
  const { sight, progress } = await look(request, tracking.progress, settings, { ...world, log }, savingTime);
  const decision = conclude(sight, progress, execution, settings, world.now());
  const result = await report(decision, { execution, request, progress }, settings, { ...world, log });
  log.info('checked', {
    outcome: result.outcome,
    status: progress.status,
    counts: progress.counts,
    ...('obstacle' in result ? { obstacle: result.obstacle } : {}),
    ...('nextCheckAt' in result ? { nextCheckAt: result.nextCheckAt } : {}),
  });
  return result;
}

/** Asks Kore and makes its delivery logs safe. */
async function look(
  request: TrackingInput,
  before: Progress,
  settings: CheckSettings,
  world: World,
  savingTime: AbortSignal,
): Promise<Look> {
  const progress = { ...before, checks: before.checks + 1 };
  try {
    const answer = await ask(request, world);
    if (!isKnownStatus(answer.status)) world.log.warn('unknown status', { status: answer.status });
    const answered = { ...progress, status: answer.status };
    try {
      const saved = await save(answer, request, answered, settings, world, savingTime);
      return { sight: { kind: 'status', status: answer.status }, progress: saved };
    } catch (error) {
      return { sight: asSight(error, world.log), progress: answered };
    }
  } catch (error) {
    return { sight: asSight(error, world.log), progress };
  }
}

/** One call to Kore, or two: where it refuses the cached credentials, the secret may have been rotated since. */
async function ask(request: TrackingInput, world: World): Promise<StatusAnswer> {
  const call = async (credentials: Credentials) =>
    world.callKore(request, await world.signToken(credentials, world.now()));
  const cached = await world.secret.current();
  let reply = await call(cached.credentials);
  if (reply.kind === 'obstacle' && reply.obstacle.code === 'CREDENTIALS_REFUSED') {
    const fresh = await world.secret.refetched();
    if (fresh.version !== cached.version) reply = await call(fresh.credentials);
  }
  if (reply.kind === 'obstacle') throw new ObstacleError(reply.obstacle.code, reply.obstacle.message);
  return reply.answer;
}

async function save(
  { entries }: StatusAnswer,
  request: TrackingInput,
  progress: Progress,
  { retentionDays }: CheckSettings,
  world: World,
  savingTime: AbortSignal,
): Promise<Progress> {
  const digest = digestOf(entries);
  if (entries.length === 0 || digest === progress.savedDigest) return progress;
  const rows = toRows(entries, request, { now: world.now(), retentionDays });
  const allRows = await world.deliveryLog.saveLogs(request.requestId, rows, savingTime);
  return { ...progress, ...tally(allRows), savedDigest: digest };
}

function conclude(
  sight: Sight,
  { status }: Progress,
  execution: Execution,
  { deadlineSeconds, notFoundGraceSeconds }: CheckSettings,
  now: number,
): Decision {
  const elapsedSeconds = (now - Date.parse(execution.startedAt)) / 1000;
  const everAnswered = status !== undefined;
  return decide(sight, { elapsedSeconds, deadlineSeconds, notFoundGraceSeconds, everAnswered });
}

interface Reported {
  readonly execution: Execution;
  readonly request: TrackingInput;
  readonly progress: Progress;
}

async function report(
  decision: Decision,
  { execution, request, progress }: Reported,
  settings: CheckSettings,
  world: World,
): Promise<CheckResult> {
  const startedAt = Date.parse(execution.startedAt);
  const deadlineAt = startedAt + settings.deadlineSeconds * 1000;
  const waiting = (obstacle?: Obstacle): CheckResult => {
    const now = world.now();
    const atLeastSeconds = obstacle === undefined ? 0 : waitAfter(obstacle.code);
    const moment = { startedAt, now, deadlineAt, atLeastSeconds, random: world.random() };
    return {
      outcome: 'waiting',
      nextCheckAt: nextCheckAt(settings.schedule, moment),
      request,
      progress,
      ...(obstacle !== undefined && { obstacle: obstacle.code }),
    };
  };
  if (decision.outcome === 'waiting') return waiting(decision.obstacle);

  const now = world.now();
  const ended = endedWith({ execution, request, progress, decision, now, tableArn: settings.tableArn });
  const unsaved = await saveSummary(ended, settings, world);
  // Before the deadline the summary can wait for the table; after it, the event goes out all the same.
  return unsaved !== undefined && now < deadlineAt ? waiting(unsaved) : ended;
}

async function reject(
  { execution, tracking }: Invocation,
  settings: CheckSettings,
  world: World,
): Promise<CheckResult> {
  if (tracking.valid) throw new TypeError('a valid input is not rejected');
  const { requestId, message } = tracking;
  const ended = rejectedInput(execution, requestId, message, world.now());
  world.log.about({ requestId, check: 1 }).warn('rejected input', { message });
  if (requestId !== undefined) await saveSummary(ended, settings, world);
  return ended;
}

/** Returns the obstacle where the summary could not be saved. */
async function saveSummary(
  { detail, outcome }: Ended,
  { retentionDays }: CheckSettings,
  world: World,
): Promise<Obstacle | undefined> {
  try {
    await world.deliveryLog.saveSummary(summaryOf(detail, outcome, { now: world.now(), retentionDays }));
    return undefined;
  } catch (error) {
    return asObstacle(error, world.log);
  }
}

function asSight(error: unknown, log: Log): Sight {
  return { kind: 'obstacle', obstacle: asObstacle(error, log) };
}

/** An obstacle is an expected outcome; anything else is a bug, which the state machine retries and then reports. */
function asObstacle(error: unknown, log: Log): Obstacle {
  if (!(error instanceof ObstacleError)) throw error;
  log.warn('obstacle', { code: error.obstacle.code, reason: error.obstacle.message });
  return error.obstacle;
}
