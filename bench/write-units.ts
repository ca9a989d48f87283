/** What a row costs to write: a unit is a kilobyte (AWS docs, DynamoDB read and write capacity). */

/** Units of the table and of each index that the row is in; both indexes hold the whole row. */
export function unitsOf(row: Readonly<Record<string, unknown>>): number {
  const places = 1 + Number(row.recipient !== undefined) + Number(row.failureOf !== undefined);
  return places * Math.ceil(Buffer.byteLength(JSON.stringify(row)) / 1024);
}
