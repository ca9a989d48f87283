/** One check: look, decide, report. Everything that touches the world is handed in. */
import type { TrackingInput } from '../../lib/contract.ts';
import { type Decision, decide } from './decision.ts';
import { endedWith, type Rejected, rejectedInput, summaryOf } from './final-event.ts';
import {
  type CheckResult,
  type Ended,
  type Execution,
  type Progress,
  parseInvocation,
} from './invocation.ts';
import { expectObstacle, look } from './look.ts';
import { type Obstacle, waitAfter } from './obstacle.ts';
import { nextCheckAt, type Schedule } from './schedule.ts';
import type { ApiScope } from './status-api.ts';
import type { World } from './world.ts';

export interface CheckSettings {
  readonly apiScope: ApiScope;
  readonly defaultStreamId?: string | undefined;
  readonly schedule: Schedule;
  readonly deadlineSeconds: number;
  readonly notFoundGraceSeconds: number;
  readonly retentionDays: number;
  readonly tableArn: string;
}

/**
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
  const { execution, tracking } = parseInvocation(event, needsStreamId, settings.defaultStreamId);
  if (!tracking.valid) return reject(execution, tracking, settings, world);

  const { request, progress: before } = tracking;
  const { requestId, streamId, correlationId } = request;
  const log = world.log.about({ requestId, streamId, correlationId, check: before.checks + 1 });
  const logged = { ...world, log };
  const { sight, progress } = await look(request, before, settings.retentionDays, logged, savingTime);

  const decision = decide(sight, {
    ...settings,
    elapsedSeconds: (world.now() - Date.parse(execution.startedAt)) / 1000,
    everAnswered: progress.status !== undefined,
  });
  const result = await report({ decision, execution, request, progress }, settings, logged);
  log.info('checked', {
    outcome: result.outcome,
    status: progress.status,
    counts: progress.counts,
    recipients: request.recipients,
    ...(result.outcome === 'waiting' && { nextCheckAt: result.nextCheckAt, obstacle: result.obstacle }),
  });
  return result;
}

interface Checked {
  readonly decision: Decision;
  readonly execution: Execution;
  readonly request: TrackingInput;
  readonly progress: Progress;
}

async function report(checked: Checked, settings: CheckSettings, world: World): Promise<CheckResult> {
  const { decision } = checked;
  if (decision.outcome === 'waiting') return waiting(checked, decision.obstacle, settings, world);

  const now = world.now();
  const ended = endedWith({ ...checked, decision, now, tableArn: settings.tableArn });
  const obstacle = await saveSummary(ended, settings, world);
  // Before the deadline the event can wait for the summary; after it, the event goes out all the same.
  const mayWait = now < deadlineOf(checked.execution, settings);
  return obstacle !== undefined && mayWait ? waiting(checked, obstacle, settings, world) : ended;
}

function waiting(
  { execution, request, progress }: Checked,
  obstacle: Obstacle | undefined,
  settings: CheckSettings,
  world: World,
): CheckResult {
  return {
    outcome: 'waiting',
    nextCheckAt: nextCheckAt(settings.schedule, {
      startedAt: Date.parse(execution.startedAt),
      now: world.now(),
      deadlineAt: deadlineOf(execution, settings),
      atLeastSeconds: obstacle === undefined ? 0 : waitAfter(obstacle.code),
      random: world.random(),
    }),
    request,
    progress,
    ...(obstacle !== undefined && { obstacle: obstacle.code }),
  };
}

async function reject(
  execution: Execution,
  rejected: Rejected,
  settings: CheckSettings,
  world: World,
): Promise<CheckResult> {
  const { requestId, correlationId, message } = rejected;
  const log = world.log.about({ requestId, correlationId, check: 1 });
  log.warn('rejected input', { reason: message });
  const ended = rejectedInput(execution, rejected, world.now());
  if (requestId !== undefined) await saveSummary(ended, settings, { ...world, log });
  return ended;
}

/** Returns the obstacle where the summary could not be saved. */
async function saveSummary(
  { detail, outcome }: Ended,
  { retentionDays }: CheckSettings,
  { deliveryLog, now, log }: World,
): Promise<Obstacle | undefined> {
  const summary = summaryOf(detail, outcome, { now: now(), retentionDays });
  return (await expectObstacle(deliveryLog.saveSummary(summary), log)) ?? undefined;
}

/** Milliseconds since 1970. */
function deadlineOf(execution: Execution, { deadlineSeconds }: CheckSettings): number {
  return Date.parse(execution.startedAt) + deadlineSeconds * 1000;
}
