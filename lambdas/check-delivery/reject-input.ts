/** The one check of an input that cannot be tracked. */
import type { TrackingInput } from '../../lib/contract.ts';
import { lastEndOf } from './deadline.ts';
import { type Rejected, rejectedInput } from './final-event.ts';
import type { CheckResult, Execution, Waiting } from './invocation.ts';
import { measureRejected } from './measure.ts';
import type { Obstacle } from './obstacle.ts';
import { recordEnd, saveSummary } from './record-end.ts';
import { toTimestamp } from './schedule.ts';
import type { World } from './world.ts';

interface RejectionSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
}

export async function rejectInput(
  execution: Execution,
  rejected: Rejected,
  settings: RejectionSettings,
  world: World,
): Promise<CheckResult> {
  const { requestId, correlationId, message } = rejected;
  const log = world.log.about({ requestId, correlationId, check: 1 });
  log.warn('rejected input', { reason: message });
  const now = world.now();
  const ours = rejectedInput(execution, rejected, now);
  const moment = { now, lastEndAt: lastEndOf(execution, settings) };
  const recorded = await recordEnd(ours, moment, settings, { ...world, log });
  if ('code' in recorded) return rejectedLater(rejected.input, now, recorded);
  const { ended, isRepeat } = recorded;
  if (!isRepeat) measureRejected(world.meter);
  if (requestId !== undefined) await saveSummary(ended, settings, { ...world, log });
  return ended;
}

/** Long enough for a table to be mended or throttled no more; the end is certain, only its row is not written. */
const REJECTED_AGAIN_MS = 60_000;

/** Without progress, which only an input that was accepted has. */
function rejectedLater(input: unknown, now: number, { code }: Obstacle): Waiting {
  return {
    outcome: 'waiting',
    nextCheckAt: toTimestamp(now + REJECTED_AGAIN_MS),
    request: input as TrackingInput,
    obstacle: code,
  };
}
