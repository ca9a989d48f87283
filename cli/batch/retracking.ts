/** Which notifications of a campaign are tracked again, and as which attempt. */
import { CommandError } from '../command-error.ts';
import type { Session, Tracker } from '../session.ts';
import { lookUpCampaign } from '../tracker/campaign/campaign.ts';
import { campaignSummaries } from '../tracker/campaign/campaign-summaries.ts';
import { type NextAttempt, nextAttempt } from '../tracker/next-attempt.ts';
import { lookUp } from '../tracker/tracking.ts';

export interface Which {
  readonly campaignId: string;
  /** Of the notifications, as their summaries have them. */
  readonly outcomes: readonly string[];
}

/** @throws CommandError `NO_SUCH_CAMPAIGN`. */
export async function* idsOf(
  { clock }: Session,
  tracker: Tracker,
  { campaignId, outcomes }: Which,
): AsyncGenerator<string> {
  const now = clock.now();
  await lookUpCampaign(tracker, campaignId, now);
  for await (const { requestId, outcome } of campaignSummaries(tracker.deliveryLog, campaignId, now)) {
    if (outcomes.includes(outcome)) yield requestId;
  }
}

/** One that runs again, or has come to its end meanwhile, needs none. */
const NEEDLESS = ['TRACKING_RUNNING', 'ALREADY_COMPLETE'];

/** @returns the error where no attempt is needed. */
export async function nextOf(
  { stateMachine, deliveryLog }: Tracker,
  requestId: string,
): Promise<NextAttempt | CommandError> {
  const known = await lookUp(stateMachine, deliveryLog, requestId);
  try {
    return nextAttempt(requestId, known);
  } catch (error) {
    if (error instanceof CommandError && NEEDLESS.includes(error.code)) return error;
    throw error;
  }
}

export function nothingToTrack({ campaignId, outcomes }: Which): string {
  return `No notification of the campaign ${campaignId} ended ${outcomes.join(' or ')}. There is nothing to track again.`;
}
