/** Delivery logs as rows of the table: keys of our own, always valid, and Kore's entry whole under `log`. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { botOf, FAILURE_SHARDS, failureKey } from '../../../contract/delivery-log-row.ts';
import { fieldOf } from '../kore/answer/field-of.ts';
import type { NotificationName } from '../kore/status-api.ts';
import { type StatusWord, statusWord } from '../kore/words/status-word.ts';
import { type Identity, identityHash, identityOf, sha256 } from './log-identity.ts';

/** The row of an answer's log. */
export interface FreshRow extends DeliveryLogRow {
  readonly status: StatusWord;
  readonly identity: string;
  readonly askedAt: number;
}

export interface Saving {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When Kore was asked, milliseconds since 1970. */
  readonly askedAt: number;
  readonly retentionDays: number;
}

/**
 * The rows for `statusLogs`, one for each identity and in its latest version. Each has the key that it would have alone; two of
 * one `_id` have the same.
 */
export function toRows(
  entries: readonly unknown[],
  notification: NotificationName,
  saving: Saving,
): FreshRow[] {
  const rows = new Map<string, FreshRow>();
  for (const entry of entries) {
    const row = toRow(entry, notification, saving);
    const other = rows.get(row.identity);
    if (other === undefined || !isEarlier(row, other)) rows.set(row.identity, row);
  }
  return [...rows.values()];
}

/** Of two versions in one answer the later in the list counts, unless Kore's times say otherwise. */
function isEarlier({ log }: FreshRow, other: FreshRow): boolean {
  const [time, otherTime] = [log, other.log].map((one) => usableTime(fieldOf(one, 'createdOn')));
  return time !== undefined && otherTime !== undefined && time < otherTime;
}

/** When DynamoDB may drop a row: seconds since 1970. */
export function expiryOf({ now, retentionDays }: Pick<Saving, 'now' | 'retentionDays'>): number {
  return Math.floor(now / 1000) + retentionDays * 86_400;
}

/** Tells two lists of entries apart without keeping either. */
export function digestOf(entries: readonly unknown[]): string {
  return sha256(JSON.stringify(entries));
}

/** Anything else that `Date` can make sense of, it guesses. */
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(T|$)/;
/** DynamoDB's limit for a partition key is 2048 bytes. */
const LONGEST_RECIPIENT_BYTES = 2048;

function toRow(entry: unknown, { requestId, streamId }: NotificationName, saving: Saving): FreshRow {
  const savedAt = new Date(saving.now).toISOString();
  const createdOn = usableTime(fieldOf(entry, 'createdOn')) ?? savedAt;
  const status = statusWord(fieldOf(entry, 'status'));
  const identified = identityOf(entry);
  const identity = identityHash(identified, entry);
  const logId = identified.id ?? hashKey(identity);
  return {
    requestId,
    logId,
    identity,
    ...recipientKey(identified),
    status,
    createdOn,
    askedAt: saving.askedAt,
    savedAt,
    expiresAt: expiryOf(saving),
    ...(status === 'FAILURE' && { failureOf: failureKey(streamId, dayOf(createdOn), shardOf(logId)) }),
    log: entry,
  };
}

/** The row under another key. The shard of a failure follows from it, so that a row keeps its shard when it is written again. */
export function underKey(row: FreshRow, logId: string): FreshRow {
  const { failureOf, createdOn } = row;
  if (failureOf === undefined) return { ...row, logId };
  return { ...row, logId, failureOf: failureKey(botOf(failureOf), dayOf(createdOn), shardOf(logId)) };
}

function dayOf(createdOn: string): string {
  return createdOn.slice(0, 10);
}

function shardOf(logId: string): number {
  return Number.parseInt(sha256(logId).slice(0, 8), 16) % FAILURE_SHARDS;
}

/** The key of a row that Kore gave none for. */
export function hashKey(identity: string): string {
  return `sha256-${identity}`;
}

function recipientKey({ recipient }: Identity): Pick<DeliveryLogRow, 'recipient'> {
  return recipient !== undefined && Buffer.byteLength(recipient) <= LONGEST_RECIPIENT_BYTES
    ? { recipient }
    : {};
}

function usableTime(time: unknown): string | undefined {
  if (typeof time !== 'string' || !ISO_DAY.test(time)) return undefined;
  const parsed = new Date(time);
  const year = parsed.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? parsed.toISOString() : undefined;
}
