/** The moment of a check of a campaign, and what is still ahead of it. */
import { graceAfter, lastEnd, type Moment, momentOf } from '../../check-delivery/schedule/moment.ts';
import type { Execution } from '../invocation.ts';

/** Milliseconds since 1970, but for the seconds. The campaign is over at `lastEndAt`. */
export interface CampaignMoment extends Moment {
  /** From the start of the execution to `lastEndAt`. */
  readonly lastEndSeconds: number;
  /** From when on the executions are asked for what left no summary. */
  readonly sweepAt: number;
  /** Until when an obstacle holds up the event. */
  readonly patientUntil: number;
}

/** Early enough for the index to tell what was found, and to ask once more; late enough for what ends by itself. */
const SWEEP_SECONDS_BEFORE = 300;

export function campaignMoment(execution: Execution, deadlineSeconds: number, now: number): CampaignMoment {
  const moment = momentOf(execution, { deadlineSeconds }, now);
  const { lastEndAt } = moment;
  const lastEndSeconds = lastEnd(deadlineSeconds);
  return {
    ...moment,
    lastEndSeconds,
    sweepAt: lastEndAt - Math.min(SWEEP_SECONDS_BEFORE, lastEndSeconds / 2) * 1000,
    patientUntil: lastEndAt + graceAfter(deadlineSeconds) * 1000,
  };
}

/** Whether an event still waits for what an obstacle keeps from it. */
export function isPatient({ now, patientUntil }: CampaignMoment): boolean {
  return now < patientUntil;
}
