/** DynamoDB's limit for an item is 400 KB; the keys need a little of it. */
const LONGEST_TEXT_BYTES = 350_000;

/** A log that is too large or too odd for DynamoDB, as its JSON text, cut where that is too long as well. */
export function asText(log: unknown): string {
  return Buffer.from(JSON.stringify(log)).subarray(0, LONGEST_TEXT_BYTES).toString();
}
