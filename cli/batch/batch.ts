/** Starts many trackings, inside the rate at which Step Functions takes them. */
import pThrottle from 'p-throttle';
import type { StartedTracking } from '../../client/index.ts';
import type { TrackingInput } from '../../contract/tracking-input.ts';
import type { CommandError } from '../command-error.ts';
import { asCommandError, isHopeless } from '../tracker/aws-errors.ts';

export interface Campaign {
  readonly total: number;
  started: number;
  alreadyTracked: number;
  readonly failures: { readonly requestId: string; readonly code: string; readonly message: string }[];
  /** What made further starts useless. */
  endedBy?: CommandError;
}

export interface CampaignSettings {
  /** Starts in a second, at most. */
  readonly rate: number;
  /** Ends it after the starts that are under way. */
  readonly signal: AbortSignal;
  onProgress(campaign: Campaign): void;
}

/** Enough for the highest rate, and no more than the SDK opens sockets. */
const STARTS_AT_ONCE = 50;
/** Starts go out in tenths of a second, so that the first of them do not come all at once. */
const PORTIONS_A_SECOND = 10;

/** Starts all of them, once each: the names of executions make it safe to do so again. */
export async function startCampaign(
  inputs: readonly TrackingInput[],
  start: (input: TrackingInput) => Promise<StartedTracking>,
  { rate, signal, onProgress }: CampaignSettings,
): Promise<Campaign> {
  const campaign: Campaign = { total: inputs.length, started: 0, alreadyTracked: 0, failures: [] };
  const hopeless = new AbortController();
  const limit = Math.max(1, Math.round(rate / PORTIONS_A_SECOND));
  const inTurn = pThrottle({
    limit,
    interval: (limit / rate) * 1000,
    signal: AbortSignal.any([signal, hopeless.signal]),
  })(async () => {});
  const waiting = inputs.values();
  const lanes = Math.min(STARTS_AT_ONCE, inputs.length, rate);

  async function turn(): Promise<boolean> {
    await inTurn().catch(() => {});
    return !signal.aborted && !hopeless.signal.aborted;
  }

  async function lane(): Promise<void> {
    for (const input of waiting) {
      if (!(await turn())) return;
      try {
        const { alreadyTracked } = await start(input);
        campaign[alreadyTracked ? 'alreadyTracked' : 'started'] += 1;
      } catch (error) {
        const refusal = asCommandError(error);
        const { code, message } = refusal;
        campaign.failures.push({ requestId: input.requestId, code, message });
        if (isHopeless(refusal)) {
          campaign.endedBy = refusal;
          hopeless.abort();
        }
      }
      onProgress(campaign);
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return campaign;
}

/** How many were dealt with, well or not. */
export function doneOf({ started, alreadyTracked, failures }: Campaign): number {
  return started + alreadyTracked + failures.length;
}
