/** Whether an execution that ended is one of the campaign's, and what its end was. Pure functions. */
import * as z from 'zod/mini';
import { countsSchema } from '../../../contract/counts.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import type { FinalEventDetail } from '../../../contract/event/final-event.ts';
import { trackingInputSchema } from '../../../contract/tracking-input.ts';
import type { ClosedExecution, DescribedExecution } from '../executions.ts';
import type { RecordedEvent } from '../rows/final-event-reader.ts';

/** The end of a notification that belongs to the campaign. */
export interface FoundEnd {
  readonly outcome: Outcome;
  readonly detail: FinalEventDetail;
}

/** Errors of events that something else made in the function's place, and that may not name the campaign. */
const IN_ITS_PLACE = ['TRACKING_INTERRUPTED', 'UNEXPECTED_ERROR'];

/** What the row of its final event tells; `unknown` where only the execution can tell. */
export function endByRow(
  row: RecordedEvent | undefined,
  campaignId: string,
): FoundEnd | 'of another' | 'unknown' {
  const end = endIn(row);
  if (end === undefined) return 'unknown';
  const { metadata, data } = end.detail;
  if (metadata.campaignId === campaignId) return end;
  if (metadata.campaignId !== undefined || !('error' in data)) return 'of another';
  return IN_ITS_PLACE.includes(data.error.code) ? 'unknown' : 'of another';
}

/**
 * What the execution itself tells, with the row of its final event where there is one. An event that went out without a row is told by
 * the output.
 */
export function endByExecution(
  { arn, status }: ClosedExecution,
  { input, output }: DescribedExecution,
  row: RecordedEvent | undefined,
  campaignId: string,
): FoundEnd | undefined {
  const request = trackingInputSchema.safeParse(parsed(input)).data;
  if (request === undefined || request.campaignId !== campaignId) return undefined;
  const recorded = endIn(row);
  if (recorded !== undefined) return recorded;
  const { requestId } = request;
  const metadata = { id: arn, version: '1', campaignId } as const;
  const told = outputSchema.safeParse(parsed(output)).data;
  if (told !== undefined) {
    const { outcome, ...facts } = told;
    return { outcome, detail: { metadata, data: { requestId, ...facts } } as FinalEventDetail };
  }
  const message = `The execution ended ${status}, and its final event is not in the table. Its delivery logs so far are.`;
  const error = { code: 'TRACKING_INTERRUPTED', message };
  return { outcome: 'failed', detail: { metadata, data: { requestId, error } } };
}

const outcomeSchema = z.enum(['complete', 'timed-out', 'failed'] satisfies Outcome[]);

/** As much of an output as a summary has. */
const outputSchema = z.object({
  outcome: outcomeSchema,
  status: z.optional(z.string()),
  counts: z.optional(countsSchema),
});

/** As much of a row as is read here. */
const endSchema = z.object({
  outcome: outcomeSchema,
  detail: z.object({
    metadata: z.object({ id: z.string(), campaignId: z.optional(z.string()) }),
    data: z.object({ requestId: z.string(), error: z.optional(z.object({ code: z.string() })) }),
  }),
});

/** The end in a row; none where the row is broken. */
function endIn(row: RecordedEvent | undefined): FoundEnd | undefined {
  const end = { outcome: row?.outcome, detail: parsed(row?.detail) };
  return endSchema.safeParse(end).success ? (end as FoundEnd) : undefined;
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
