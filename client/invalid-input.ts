/** What the input of a start must be, before anything is sent. */
import type * as z from 'zod/mini';

/** The input of a start is wrong; nothing was started. Each start has an error of its own that extends this. */
export abstract class InvalidInputError extends Error {
  readonly code = 'INVALID_INPUT';
  /** The field that is wrong, such as `requestId`. */
  readonly field: string;

  /** @hidden */
  constructor(field: string, rule: string) {
    super(`"${field}" ${rule}.`);
    this.field = field;
  }
}

/**
 * The input as the schema has it: with its fields in the schema's order, and without those that nobody knows.
 *
 * @throws InvalidInputError the one that is handed in.
 */
export function parseInput<Input>(
  schema: z.ZodMiniType<Input>,
  input: Input,
  Refusal: new (field: string, rule: string) => InvalidInputError,
): Input {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(issue?.path.join('.') || 'input', issue?.message ?? 'is invalid');
}
