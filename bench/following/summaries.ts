/** The summaries of a campaign as its index holds them, and what it takes to read them. */
import { SUMMARY_ID } from '../../contract/table-names.ts';

export const CAMPAIGN_ID = 'spring-2027';

const EXPIRES_AT = Math.floor(Date.parse('2030-01-01T00:00:00Z') / 1000);

/** A request id in Kore's form. */
export function requestIdOf(i: number): string {
  return `ds-${i.toString(16).padStart(8, '0')}-d773-5785-9c6a-cfe1cbd9df1b`;
}

/** What the index has of a notification to 1,000 recipients, its keys aside. */
export function summaryAt(i: number, completedAt: string) {
  const counts = { total: 1_000, delivered: 967, failed: 33 };
  return { requestId: requestIdOf(i), outcome: 'complete', counts, completedAt, expiresAt: EXPIRES_AT };
}
export type IndexedSummary = ReturnType<typeof summaryAt>;

/** A query's page ends at a megabyte of items (AWS docs, DynamoDB: Query). */
const PAGE_BYTES = 1024 * 1024;

/** How many summaries are in each page. */
export function pagesOf(summaries: number): number[] {
  const most = Math.floor(PAGE_BYTES / ITEM_BYTES);
  const pages = Math.max(1, Math.ceil(summaries / most));
  return Array.from({ length: pages }, (_, i) => Math.min(most, summaries - i * most));
}

/** Read units of one reading: half a unit for each 4 KB of a page, because a query of an index is eventually consistent. */
export function readUnitsOf(summaries: number): number {
  const halves = pagesOf(summaries).map((items) => Math.max(1, Math.ceil((items * ITEM_BYTES) / 4096)));
  return halves.reduce((sum, one) => sum + one, 0) / 2;
}

/** Attributes that the index has for its own and the table's key. */
const KEYS = { campaignId: CAMPAIGN_ID, logId: SUMMARY_ID };

/** Bytes of an item of the index as DynamoDB counts them, those that are not asked for included. */
export const ITEM_BYTES = bytesOf({ ...summaryAt(0, new Date(0).toISOString()), ...KEYS });

/** Names and values; a number is a byte for two digits and one more, a map three and one for each entry (AWS docs, item sizes). */
function bytesOf(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + bytesOfValue(value), 0);
}

function bytesOfValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  const map = value as Readonly<Record<string, unknown>>;
  return 3 + Object.keys(map).length + bytesOf(map);
}
