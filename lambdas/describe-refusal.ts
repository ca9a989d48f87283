/** Why an input cannot be tracked. */
import type * as z from 'zod/mini';

/**
 * Names the field and the rule. The value may be anything, an address too, and is in the execution's input.
 *
 * @param example an input that could be tracked, for one that is no object.
 */
export function describeRefusal(error: z.core.$ZodError, input: unknown, example: string): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.');
  if (!field) return `The input must be a JSON object such as ${example}.`;
  const isMissing = (input as Record<string, unknown>)[field] === undefined;
  return isMissing ? `"${field}" is missing from the input.` : `"${field}" of the input ${issue?.message}.`;
}
