/** The one check of an input that cannot be tracked. */
import type { TrackingInput } from '../../../contract/tracking-input.ts';
import type { CheckResult, Ended, Execution } from '../invocation/invocation.ts';
import { toTimestamp } from '../invocation/wait-until.ts';
import { momentOf, triedAgainAt } from '../schedule/moment.ts';
import type { World } from '../world.ts';
import { finalEventOfRejected, type Rejected } from './final-event.ts';
import { recordEnd } from './record-end.ts';
import { saveSummary } from './tell-end.ts';

interface RejectionSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
}

interface Rejection {
  readonly result: CheckResult;
  /** The end, where this check recorded it. */
  readonly recorded?: Ended | undefined;
}

export async function rejectInput(
  execution: Execution,
  rejected: Rejected,
  settings: RejectionSettings,
  world: World,
): Promise<Rejection> {
  const { requestId, campaignId, correlationId, message } = rejected;
  const log = world.log.about({ requestId, campaignId, correlationId, check: 1 });
  log.warn('rejected input', { reason: message });
  const moment = momentOf(execution, settings, world.now());
  const ours = finalEventOfRejected(execution, rejected, moment.now);
  const attempted = await recordEnd(ours, moment, settings, { ...world, log });
  if (attempted.obstacle !== undefined) {
    const nextCheckAt = toTimestamp(triedAgainAt(moment, settings));
    const { code } = attempted.obstacle;
    // Without progress, which only an input that was accepted has.
    const request = rejected.input as TrackingInput;
    return { result: { outcome: 'waiting', nextCheckAt, request, obstacle: code } };
  }
  const { ended, isRepeat } = attempted.value;
  if (requestId !== undefined) await saveSummary(ended, settings, { ...world, log });
  return { result: ended, recorded: isRepeat ? undefined : ended };
}
