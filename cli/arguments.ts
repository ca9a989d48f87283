/** Arguments and options that several commands take, read strictly. */
import { InvalidArgumentError } from 'commander';
import { normaliseRecipient } from '../contract/delivery-log-row.ts';
import { idSchema, requestIdSchema } from '../contract/tracking-input.ts';
import { wrongUsage } from './command-error.ts';

export function requestId(value: string): string {
  return matching(requestIdSchema, value);
}

export function streamId(value: string): string {
  return matching(idSchema, value);
}

export function campaignId(value: string): string {
  return matching(idSchema, value);
}

function matching(schema: typeof idSchema, value: string): string {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}`);
}

/** A whole number from 1. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a whole number from 1');
}

/** A whole number from 1 to `most`. */
export function wholeNumberTo(most: number): (value: string) => number {
  return (value) => {
    const number = wholeNumber(value);
    if (number <= most) return number;
    throw new InvalidArgumentError(`It must be at most ${most}`);
  };
}

/** DynamoDB's limit for a partition key. */
const LONGEST_RECIPIENT_BYTES = 2048;

/**
 * An address in the form in which it is a key.
 *
 * @throws CommandError `WRONG_USAGE`, without the address.
 */
export function recipientOf(address: string): string {
  const recipient = normaliseRecipient(address);
  const bytes = Buffer.byteLength(recipient);
  if (bytes > 0 && bytes <= LONGEST_RECIPIENT_BYTES) return recipient;
  throw wrongUsage(
    `The address must be 1 to ${LONGEST_RECIPIENT_BYTES} bytes long without surrounding space; it has ${bytes}.`,
  );
}
