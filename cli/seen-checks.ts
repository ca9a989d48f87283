/** The checks of a tracking, as its execution's history tells of them. */
import { type HistoryEvent, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import * as z from 'zod/mini';
import { type Counts, countsSchema } from '../lib/contract.ts';
import type { StateMachine } from './executions.ts';

export interface SeenCheck {
  /** From 1. */
  readonly number: number;
  /** When it came back. */
  readonly at: Date | undefined;
  /** Kore's last word; absent until it has answered once. */
  readonly status: string | undefined;
  readonly counts: Counts | undefined;
  readonly recipients: number | undefined;
  /** ISO 8601 in UTC; absent on the last check. */
  readonly nextCheckAt: string | undefined;
  /** Code of what stood in the way. */
  readonly obstacle: string | undefined;
  /** Of a tracking that ended without its delivery's end. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

/** Where a history is longer, its later part. */
const MOST_CHECKS = 10;

/**
 * Checks after number `seen`, the latest ten at most, in their order.
 *
 * @param most fewer, if so.
 */
export async function checksAfter(
  { client }: StateMachine,
  executionArn: string,
  seen: number,
  most = MOST_CHECKS,
): Promise<SeenCheck[]> {
  const checks = new Map<number, SeenCheck>();
  const request = { executionArn, reverseOrder: true, maxResults: 100 };
  for await (const { events = [] } of paginateGetExecutionHistory({ client }, request)) {
    for (const check of events.map(checkOf)) {
      if (check === undefined) continue;
      if (check.number <= seen || checks.size >= most) return inOrder(checks);
      // The states after a last check repeat what it said; the history comes latest first.
      checks.set(check.number, check);
    }
  }
  return inOrder(checks);
}

/** What a check said when its state was left, if that is what the event tells. */
export function checkOf({ type, timestamp, stateExitedEventDetails }: HistoryEvent): SeenCheck | undefined {
  if (type !== 'TaskStateExited' && type !== 'PassStateExited') return undefined;
  const output = parseJson(stateExitedEventDetails?.output);
  const waiting = waitingSchema.safeParse(output).data;
  if (waiting !== undefined) {
    const { nextCheckAt, obstacle, progress, request } = waiting;
    const { checks: number, status, counts } = progress;
    const { recipients } = request ?? {};
    return { number, at: timestamp, status, counts, recipients, nextCheckAt, obstacle, error: undefined };
  }
  const ended = endedSchema.safeParse(output).data;
  if (ended === undefined) return undefined;
  const { checks: number = 1, status, counts, error } = ended.detail.data;
  const facts = { status, counts, error, obstacle: error?.code };
  return { number, at: timestamp, recipients: undefined, nextCheckAt: undefined, ...facts };
}

/** The fields of `CheckResult` (lambdas/check-delivery/invocation.ts) that are shown; any release may have written them. */
const waitingSchema = z.object({
  outcome: z.literal('waiting'),
  nextCheckAt: z.optional(z.string()),
  obstacle: z.optional(z.string()),
  request: z.optional(z.object({ recipients: z.optional(z.number()) })),
  progress: z.object({
    checks: z.number(),
    status: z.optional(z.string()),
    counts: z.optional(countsSchema),
  }),
});
const endedSchema = z.object({
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
  return [...checks.values()].sort((a, b) => a.number - b.number);
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
