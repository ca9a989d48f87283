/** What the state machine of a campaign hands to a check and gets back. */

import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { CampaignEventDetail, CampaignOutput } from '../../contract/campaign/campaign-event.ts';
import { type CampaignInput, campaignInputSchema } from '../../contract/campaign/campaign-input.ts';
import type { Outcome } from '../../contract/event/event-names.ts';
import { lastEnd } from '../check-delivery/schedule/moment.ts';
import { describeRefusal } from '../describe-refusal.ts';

const executionSchema = z.object({
  /** ARN. */
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});
export type Execution = z.infer<typeof executionSchema>;

/** While waiting: the state of the execution until the next check. */
export interface Waiting {
  readonly outcome: 'waiting';
  /** ISO 8601 in UTC, whole seconds. */
  readonly nextCheckAt: string;
  /** The input that was accepted; absent where it is rejected and no row could be written yet. */
  readonly campaign?: CampaignInput;
  /** Checks so far. */
  readonly checks: number;
  /** When it ends, if not before; ISO 8601. */
  readonly lastEndAt: string;
  /** Whether the executions have been asked for what left no summary. */
  readonly isSwept?: true;
  /** Code of the obstacle, if there was one. */
  readonly obstacle?: string;
  /** Checks that the function could not report on; absent where there were none. */
  readonly failures?: number;
}

/** At the end: the finished event and the execution's output. */
export interface Ended {
  readonly outcome: Outcome;
  readonly detail: CampaignEventDetail;
  readonly output: CampaignOutput;
}

export type CampaignCheckResult = Waiting | Ended;

/** What the checks before have told. */
export interface Before {
  /** How many there were. */
  readonly checks: number;
  readonly isSwept: boolean;
  readonly failures: number | undefined;
}

/** An input that no campaign can be tracked by, and what of it is usable. */
export interface Rejected {
  readonly campaignId?: string | undefined;
  readonly notifications?: number | undefined;
  /** Names the field and the rule. */
  readonly message: string;
}

export interface Invocation {
  readonly execution: Execution;
  readonly before: Before;
  readonly input:
    | { readonly valid: true; readonly campaign: CampaignInput }
    | { readonly valid: false; readonly rejected: Rejected };
}

const stateSchema = z.object({
  outcome: z.literal('waiting'),
  checks: z.int().check(z.minimum(1)),
  campaign: z.optional(z.unknown()),
  isSwept: z.optional(z.unknown()),
});

/**
 * Reads `{execution, input, state}`: the first check finds the execution's input in `state` too, a later one what the check before
 * it returned, or the state after a failed check. An input that cannot be tracked comes back as a value, naming the field.
 *
 * @param retentionDays how long the summaries of notifications are kept: a campaign ends before the first of them expires.
 */
export function parseInvocation(event: unknown, retentionDays: number): Invocation {
  const payload = z.object({
    execution: executionSchema,
    input: z.optional(z.unknown()),
    state: z.optional(z.unknown()),
  });
  const { execution, input, state } = payload.parse(event);
  // An input that looks like a state is an input all the same.
  const later = isDeepStrictEqual(state, input) ? undefined : state;
  const continued = stateSchema.safeParse(later).data;
  const before: Before = {
    checks: continued?.checks ?? 0,
    isSwept: continued?.isSwept === true,
    failures: z.object({ failures: z.int() }).safeParse(later).data?.failures,
  };
  const accepted = campaignInputSchema.safeParse(continued?.campaign);
  if (accepted.success) return { execution, before, input: { valid: true, campaign: accepted.data } };
  const parsed = campaignInputSchema.safeParse(input);
  if (!parsed.success) {
    return { execution, before, input: { valid: false, rejected: rejectedBy(parsed.error, input) } };
  }
  const { campaignId, notifications, deadlineSeconds } = parsed.data;
  if (deadlineSeconds === undefined || lastEnd(deadlineSeconds) < retentionDays * 86_400) {
    return { execution, before, input: { valid: true, campaign: parsed.data } };
  }
  const message = outlivesSummaries(deadlineSeconds, retentionDays);
  return { execution, before, input: { valid: false, rejected: { campaignId, notifications, message } } };
}

/** What expires before the end counts for nothing then. */
function outlivesSummaries(deadlineSeconds: number, retentionDays: number): string {
  return `"deadlineSeconds" of the input is ${deadlineSeconds}: summaries of notifications would expire before the campaign ends, which may be an hour after its deadline. Shorten the deadline, or lengthen the tracker's retention, which is ${retentionDays} days.`;
}

const EXAMPLE = '{"campaignId": "spring-2027", "notifications": 50}';

/** What of the input is usable all the same, so that its sender can tell which one it was. */
function rejectedBy(error: z.core.$ZodError, input: unknown): Rejected {
  const { campaignId, notifications } = campaignInputSchema.shape;
  const named = z.object({ campaignId }).safeParse(input);
  const announced = z.object({ notifications }).safeParse(input);
  return { ...named.data, ...announced.data, message: describeRefusal(error, input, EXAMPLE) };
}
