/** What the state machine hands to a check and gets back. Small: a state's payload is bounded, and paid for. */

import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { countsSchema, noCounts } from '../../../contract/counts.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import type { FinalEventDetail, TrackingOutput } from '../../../contract/event/final-event.ts';
import type { RecipientsNotReachedDetail } from '../../../contract/event/recipients-not-reached.ts';
import {
  type BotRule,
  idSchema,
  lacksStreamId,
  type TrackingInput,
  trackingInputSchema,
} from '../../../contract/tracking-input.ts';
import { describeRefusal } from '../../describe-refusal.ts';
import type { Reservation } from '../budget/bookings.ts';
import { channelsSchema } from '../kore/words/channel-word.ts';
import { statusWordSchema } from '../kore/words/status-word.ts';
import { finalStatusSchema } from './final-status.ts';

const executionSchema = z.object({
  /** ARN. */
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});
export type Execution = z.infer<typeof executionSchema>;

/** What is no text counts as absent, and costs nothing else that is known. */
const ifText = z.pipe(
  z.unknown(),
  z.transform((value) => (typeof value === 'string' ? value : undefined)),
);

/** What one check tells the next. Every field may be missing: an earlier release may have written it. */
const progressSchema = z.object({
  /** Checks so far. */
  checks: z.prefault(z.int(), 0),
  /** Kore's last word; absent until it has answered once. */
  status: z.optional(statusWordSchema),
  counts: z.prefault(countsSchema, noCounts()),
  channels: z.prefault(channelsSchema, []),
  /** Seconds from the start to the last answer that was not final. */
  seenSeconds: z.prefault(z.number(), 0),
  /** Digest of the entries that are known to be in the table; absent where some are not. */
  savedDigest: z.optional(z.string()),
  /** Kore's final status; absent before there is one. */
  final: z.optional(finalStatusSchema),
  /** The wait after Kore's last refusal for a full hour; absent once a call came to anything else. */
  hourlyWaitSeconds: z.optional(z.number()),
  /** The failures that were announced (announcing/announced.ts); absent before there are any. */
  announced: z.optional(ifText),
});
export type Progress = z.infer<typeof progressSchema>;

/** 0.1.0 took request ids that are refused since. */
const acceptedSchema = z.extend(trackingInputSchema, { requestId: idSchema });

/** What the row of an end says that is recorded and not told yet. */
const untoldSchema = z.object({
  outcome: z.enum(['complete', 'timed-out', 'failed'] satisfies Outcome[]),
  detail: z.string(),
});

const reservationSchema = z.object({ slot: z.int(), number: z.int().check(z.minimum(1)) });

/** While waiting: the state of the execution until the next check. */
export interface Waiting {
  readonly outcome: 'waiting';
  /** ISO 8601 in UTC, whole seconds. */
  readonly nextCheckAt: string;
  /** The input of the execution. */
  readonly request: TrackingInput;
  /** Absent where the input is rejected and no row could be written yet. */
  readonly progress?: Progress;
  /** The call that is reserved for the next check. */
  readonly reservation?: Reservation;
  /** Code of the obstacle, if there was one. */
  readonly obstacle?: string;
  /** Checks that the function could not report on (lib/workflow/failed-check.ts); absent where there were none. */
  readonly failures?: number;
  /** By which deadline a tracking whose checks fail ends; ISO 8601. */
  readonly deadlineAt?: string;
  /** What remains is to tell it. */
  readonly end?: z.infer<typeof untoldSchema>;
}

/** What is known of a tracking at any time. */
export interface Tracked {
  readonly execution: Execution;
  /** The input of the execution. */
  readonly request: TrackingInput;
  readonly progress: Progress;
  readonly failures: number | undefined;
}

/** At the end: the finished event and the execution's output. */
export interface Ended {
  readonly outcome: Outcome;
  readonly detail: FinalEventDetail;
  readonly output: TrackingOutput;
}

export type CheckResult = Waiting | Ended;

/** Failures to publish first; the execution goes on by `then` after that. */
export interface Announcing {
  readonly outcome: 'announcing';
  readonly detail: RecipientsNotReachedDetail;
  readonly then: CheckResult;
  /** `progress.announced` where they could not be published. */
  readonly announcedBefore: string;
}

/** What a check returns; `Announcing` only to a state machine that announces failures. */
export type CheckAnswer = CheckResult | Announcing;

export interface Invocation {
  readonly execution: Execution;
  /** Whether the state machine announces failures; one that does not, or of an earlier release, says nothing of it. */
  readonly announces: boolean;
  /** Whether the state machine asks for nothing but the time of the first check; one of an earlier release never does. */
  readonly plans: boolean;
  readonly tracking:
    | {
        readonly valid: true;
        readonly request: TrackingInput;
        readonly progress: Progress;
        readonly reservation: Reservation | undefined;
        readonly failures: number | undefined;
        readonly end: Waiting['end'];
      }
    | ({ readonly valid: false; readonly input: unknown; readonly message: string } & Partial<
        Pick<TrackingInput, 'requestId' | 'campaignId' | 'correlationId'>
      >);
}

/**
 * Reads `{execution, input, state}`: the first check finds the execution's input in `state` too, a later one what the
 * check before it returned, or the state after a failed check. Executions of 0.1.0 send no `input`. An input that cannot
 * be tracked comes back as a value, naming the field.
 */
export function parseInvocation(event: unknown, tracker: BotRule): Invocation {
  const payload = z.object({
    execution: executionSchema,
    input: z.optional(z.unknown()),
    state: z.unknown(),
    announces: z.optional(z.unknown()),
    plans: z.optional(z.unknown()),
  });
  const { execution, state, ...given } = payload.parse(event);
  const invoked = { execution, announces: given.announces === true, plans: given.plans === true };
  const later = z.object({
    outcome: z.literal('waiting'),
    request: z.unknown(),
    progress: z.optional(z.unknown()),
    reservation: z.optional(z.unknown()),
    failures: z.optional(z.unknown()),
    end: z.optional(z.unknown()),
  });
  const hasInput = Object.hasOwn(given, 'input');
  // An input that looks like a state is an input all the same.
  const isFirst = hasInput && isDeepStrictEqual(state, given.input);
  const continued = later.safeParse(isFirst ? undefined : state);
  // A check that returned has accepted its request: whatever is configured now, it stays the same.
  const isAccepted = continued.data?.progress !== undefined;
  const input = hasInput && !isAccepted ? given.input : continued.success ? continued.data.request : state;
  // Progress that cannot be read costs a query or two; what was saved is in the table.
  const known = progressSchema.safeParse(continued.data?.progress);
  const progress = known.success ? known.data : progressSchema.parse({});

  const reservation = reservationSchema.safeParse(continued.data?.reservation).data;
  const end = untoldSchema.safeParse(continued.data?.end).data;
  const failures = z.int().safeParse(continued.data?.failures).data;

  const parsed = (isAccepted ? acceptedSchema : trackingInputSchema).safeParse(input);
  if (!parsed.success) {
    return { ...invoked, tracking: invalid(input, describeRefusal(parsed.error, input, EXAMPLE)) };
  }
  if (lacksStreamId(parsed.data, tracker)) {
    const message = '"streamId" is missing and the tracker has no default. Add it to the input.';
    return { ...invoked, tracking: invalid(input, message) };
  }
  const streamId = parsed.data.streamId ?? tracker.defaultStreamId;
  const request = { ...parsed.data, ...(streamId !== undefined && { streamId }) };
  return { ...invoked, tracking: { valid: true, request, progress, reservation, failures, end } };
}

const EXAMPLE = '{"requestId": "ds-…", "streamId": "st-…"}';

/** What of the input is usable all the same, so that its sender can tell which one it was. */
function invalid(input: unknown, message: string) {
  const { requestId, campaignId, correlationId } = trackingInputSchema.shape;
  const named = z.object({ requestId }).safeParse(input);
  const belonging = z.object({ campaignId }).safeParse(input);
  const correlated = z.object({ correlationId }).safeParse(input);
  return { valid: false, input, message, ...named.data, ...belonging.data, ...correlated.data } as const;
}
