/** What a row costs to write: a unit is a kilobyte (AWS docs, DynamoDB read and write capacity). */

/**
 * Units of the table and of each index that the row is in. Two indexes hold the whole row, the one of campaigns a small part of it.
 */
export function unitsOf(row: Readonly<Record<string, unknown>>): number {
  const whole = 1 + Number(row.recipient !== undefined) + Number(row.failureOf !== undefined);
  const units = Math.ceil(Buffer.byteLength(JSON.stringify(row)) / 1024);
  return whole * units + Number(row.campaignId !== undefined);
}
