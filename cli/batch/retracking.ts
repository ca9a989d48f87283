/** Which notifications are tracked again together, and as which attempt. */
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { inPieces } from '../paging/pages.ts';
import type { Session, Tracker } from '../session.ts';
import { timestamp } from '../text/timestamp.ts';
import { lookUpCampaign } from '../tracker/campaign/campaign.ts';
import { campaignSummaries, SUMMARIES_AT_ONCE, summariesOf } from '../tracker/campaign/campaign-summaries.ts';
import { endedSince } from '../tracker/executions/ended-since.ts';
import { type NextAttempt, nextAttempt } from '../tracker/executions/next-attempt.ts';
import { turns } from '../tracker/executions/paced.ts';
import { lookUp } from '../tracker/executions/tracking.ts';

/** Those of a campaign, or those that ended from a time on. */
export type Which = Ends & ({ readonly campaignId: string } | { readonly since: number });

interface Ends {
  /** `failed`, which includes stopped, or `timed-out`. */
  readonly outcomes: readonly string[];
  /** Only those that ended with this error. */
  readonly code?: string | undefined;
}

/**
 * Their request ids, each once.
 *
 * @throws CommandError `NO_SUCH_CAMPAIGN`.
 */
export async function* idsOf(session: Session, tracker: Tracker, which: Which): AsyncGenerator<string> {
  if ('since' in which) yield* idsSince(session, tracker, which);
  else yield* idsInCampaign(session, tracker, which);
}

async function* idsSince(
  { clock, interrupted }: Session,
  { stateMachine, deliveryLog }: Tracker,
  { outcomes, since, code }: Ends & { readonly since: number },
): AsyncGenerator<string> {
  const sleep = (milliseconds: number) => clock.sleep(milliseconds);
  const ports = { stateMachine, deliveryLog, sleep, turn: turns(clock, interrupted) };
  const seen = new Set<string>();
  for await (const ended of endedSince(outcomes, since, ports)) {
    const { requestId } = ended;
    // The latest attempt comes first, and how an earlier one ended does not count any more.
    if (seen.has(requestId)) continue;
    seen.add(requestId);
    if (code === undefined || (await ended.code()) === code) yield requestId;
  }
}

async function* idsInCampaign(
  { clock }: Session,
  tracker: Tracker,
  { outcomes, campaignId, code }: Ends & { readonly campaignId: string },
): AsyncGenerator<string> {
  const now = clock.now();
  await lookUpCampaign(tracker, campaignId, now);
  const summaries = campaignSummaries(tracker.deliveryLog, campaignId, now);
  for await (const piece of inPieces(summaries, SUMMARIES_AT_ONCE)) {
    const ids = piece.filter(({ outcome }) => outcomes.includes(outcome)).map(({ requestId }) => requestId);
    if (code === undefined) yield* ids;
    else {
      // The index does not have the error.
      const whole = await summariesOf(tracker.deliveryLog, ids, (milliseconds) => clock.sleep(milliseconds));
      yield* whole.filter(({ error }) => Object(error).code === code).map(({ requestId }) => requestId);
    }
  }
}

/** One that runs again, or has come to its end meanwhile, needs none. */
const NEEDLESS = ['TRACKING_RUNNING', 'ALREADY_COMPLETE'];

/** Whether the error says that no attempt is needed. */
export function isNeedless({ code }: CommandError): boolean {
  return NEEDLESS.includes(code);
}

/** @returns the error where no attempt is needed, or possible. */
export async function nextOf(
  { stateMachine, deliveryLog }: Tracker,
  requestId: string,
): Promise<NextAttempt | CommandError> {
  const known = await lookUp(stateMachine, deliveryLog, requestId);
  try {
    const next = nextAttempt(requestId, known);
    const { requestId: tracked = requestId } = next.input;
    return tracked === requestId ? next : namedOtherwise(requestId, tracked);
  } catch (error) {
    if (error instanceof CommandError && isNeedless(error)) return error;
    throw error;
  }
}

/** Somebody started it under a name of their own; another attempt would track that name. */
function namedOtherwise(name: string, tracked: string): CommandError {
  return new CommandError(
    'INVALID_INPUT',
    EXIT.wrongUsage,
    `The execution ${name} is not named by the id of what it tracks. Its notification is ${tracked}; start that.`,
  );
}

/** What the document says of them. */
export function factsOn({ code, ...which }: Which): object {
  const where =
    'since' in which ? { since: new Date(which.since).toISOString() } : { campaignId: which.campaignId };
  return { ...where, ...(code !== undefined && { code }) };
}

export function nothingToTrack({ outcomes, code, ...which }: Which): string {
  const place = 'since' in which ? '' : ` of the campaign ${which.campaignId}`;
  const time = 'since' in which ? ` since ${timestamp(which.since)}` : '';
  const error = code === undefined ? '' : ` with ${code}`;
  return `No notification${place} ended ${outcomes.join(' or ')}${error}${time}. There is nothing to track again.`;
}
