/** The checks of a tracking, read from the history of its execution. */
import { type HistoryEvent, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { type Counts, countsSchema } from '../../../contract/counts.ts';
import { ANNOUNCED_LATER, FIRST_CHECK_PLANNED } from '../../../contract/state-names.ts';
import type { StateMachine } from './attempts.ts';

export interface SeenCheck {
  /** How many checks were tried up to this one, those that failed included; infinite for the last. It identifies the check. */
  readonly tries: number;
  /** An end that the state machine made itself; one that was saved before overrules it, and follows in the history. */
  readonly isOverruled: boolean;
  /** From 1; a check that failed is tried again under the same number. Absent where the end does not have it. */
  readonly number: number | undefined;
  /** When it came back. */
  readonly at: Date | undefined;
  /** Kore's latest status; absent until it has answered once. */
  readonly status: string | undefined;
  readonly counts: Counts | undefined;
  readonly recipients: number | undefined;
  /** The bot; absent where the end does not have it. */
  readonly streamId: string | undefined;
  /** ISO 8601 in UTC; absent on the last check. */
  readonly nextCheckAt: string | undefined;
  /** Code of the obstacle that the check met. */
  readonly obstacle: string | undefined;
  /** Of a tracking that ended without its delivery's end. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Where a history is longer, its later part. */
const MOST_CHECKS = 10;

/**
 * Checks after so many tries, the latest ten at most, in their order.
 *
 * @param most fewer, if so.
 */
export async function checksAfter(
  { client }: StateMachine,
  executionArn: string,
  tries: number,
  most = MOST_CHECKS,
): Promise<SeenCheck[]> {
  const checks = new Map<number, SeenCheck>();
  const request = { executionArn, reverseOrder: true, maxResults: 100 };
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, request)) {
    for (const check of events.map(checkOf)) {
      if (check === undefined) continue;
      if (check.tries <= tries || (checks.size >= most && !checks.has(check.tries))) return inOrder(checks);
      if (check.isOverruled && checks.has(check.tries)) continue;
      // Later states repeat what a check said, and so does a check that fails; the history comes latest first.
      checks.set(check.tries, check);
    }
  }
  return inOrder(checks);
}

/** The result of a check, if the event is the exit of its state. */
export function checkOf({ type, timestamp, stateExitedEventDetails }: HistoryEvent): SeenCheck | undefined {
  if (type !== 'TaskStateExited' && type !== 'PassStateExited') return undefined;
  const { name, output: text } = stateExitedEventDetails ?? {};
  if (name === FIRST_CHECK_PLANNED) return undefined;
  const output = resultIn(parseJson(text));
  const waiting = waitingSchema.safeParse(output).data;
  // The other state without a task that a waiting tracking passes follows a check that failed.
  const isFailed = type === 'PassStateExited' && name !== ANNOUNCED_LATER;
  if (waiting !== undefined) return waitingCheck(waiting, timestamp, isFailed);
  const ended = endedSchema.safeParse(output).data;
  if (ended === undefined) return undefined;
  const { checks: number, status, counts, error } = ended.detail.data;
  const isOverruled = ended.outcome === 'unexpected';
  const facts = {
    tries: Number.POSITIVE_INFINITY,
    isOverruled,
    number,
    status,
    counts,
    error,
    obstacle: error?.code,
  };
  return { at: timestamp, recipients: undefined, streamId: undefined, nextCheckAt: undefined, ...facts };
}

/** A check with failures to announce returns them around its result. */
function resultIn(output: unknown): unknown {
  const { outcome, then: result } = Object(output) as { outcome?: unknown; then?: unknown };
  return outcome === 'announcing' ? result : output;
}

function waitingCheck(
  { nextCheckAt, obstacle, progress, failures, request }: z.infer<typeof waitingSchema>,
  at: Date | undefined,
  isFailed: boolean,
): SeenCheck {
  const { checks, status, counts } = progress;
  return {
    tries: checks + failures,
    isOverruled: false,
    number: isFailed ? checks + 1 : checks,
    at,
    status,
    counts,
    recipients: request?.recipients,
    streamId: request?.streamId,
    nextCheckAt,
    obstacle: isFailed ? 'UNEXPECTED_ERROR' : obstacle,
    error: undefined,
  };
}

/** The fields of `CheckResult` (lambdas/check-delivery/invocation/invocation.ts) that are shown; any release may have written them. */
const waitingSchema = z.object({
  outcome: z.literal('waiting'),
  nextCheckAt: z.string(),
  obstacle: z.optional(z.string()),
  request: z.optional(z.object({ recipients: z.optional(z.number()), streamId: z.optional(z.string()) })),
  /** Absent before the first check that did not fail. */
  progress: z._default(
    z.object({
      checks: z.number(),
      status: z.optional(z.string()),
      counts: z.optional(countsSchema),
    }),
    { checks: 0 },
  ),
  /** Checks that failed. */
  failures: z._default(z.number(), 0),
});
const endedSchema = z.object({
  outcome: z.optional(z.string()),
  detail: z.object({
    data: z.object({
      checks: z.optional(z.number()),
      status: z.optional(z.string()),
      counts: z.optional(countsSchema),
      error: z.optional(z.object({ code: z.string(), message: z.string() })),
    }),
  }),
});

function inOrder(checks: ReadonlyMap<number, SeenCheck>): SeenCheck[] {
  return [...checks.values()].sort((a, b) => a.tries - b.tries);
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
