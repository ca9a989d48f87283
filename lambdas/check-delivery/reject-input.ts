/** The one check of an input that cannot be tracked. */
import type { TrackingInput } from '../../lib/contract.ts';
import { lastEndOf, triedAgainAt } from './deadline.ts';
import { type Rejected, rejectedInput } from './final-event.ts';
import type { CheckResult, Execution } from './invocation.ts';
import { measureRejected } from './measure.ts';
import { recordEnd } from './record-end.ts';
import { toTimestamp } from './schedule.ts';
import { saveSummary } from './tell-end.ts';
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
  if ('code' in recorded) {
    const nextCheckAt = toTimestamp(triedAgainAt(execution, settings, now));
    // Without progress, which only an input that was accepted has.
    return {
      outcome: 'waiting',
      nextCheckAt,
      request: rejected.input as TrackingInput,
      obstacle: recorded.code,
    };
  }
  const { ended, isRepeat } = recorded;
  if (!isRepeat) measureRejected(world.meter);
  if (requestId !== undefined) await saveSummary(ended, settings, { ...world, log });
  return ended;
}
