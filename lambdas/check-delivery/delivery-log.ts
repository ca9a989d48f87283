/** Delivery logs as rows of the table: keys of our own, always valid, and Kore's entry whole under `log`. */
import { createHash } from 'node:crypto';
import type { Counts } from '../../lib/contract.ts';
import type { NotificationName } from './status-api.ts';
import { statusWord } from './status-word.ts';

export interface DeliveryLogRow {
  /** Partition key: the tracked notification. */
  readonly requestId: string;
  /** Sort key: Kore's `_id`, or a hash of the entry where it has no usable one. */
  readonly logId: string;
  /** Normalised `originalId`; absent where Kore sent none. Key of the index by recipient. */
  readonly recipient?: string;
  /** Kore's word for this recipient, upper case; `UNKNOWN` where it is no word. */
  readonly status: string;
  /** Kore's time, or `savedAt` where it sent none; ISO 8601 in UTC. */
  readonly createdOn: string;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
  /** `{streamId}#{day}` on failures only: key of the sparse index of failures by bot and day. */
  readonly failureOf?: string;
  /** Kore's entry, untouched. */
  readonly log: unknown;
}

export interface Saving {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly retentionDays: number;
}

/** The rows for `statusLogs`, one for each distinct entry. */
export function toRows(
  entries: readonly unknown[],
  notification: NotificationName,
  saving: Saving,
): DeliveryLogRow[] {
  const distinct = new Map(entries.map((entry) => [hashOf(entry), entry]));
  const logIds = allotIds(distinct);
  return [...distinct].map(([hash, entry]) => toRow(entry, logIds.get(hash) ?? hash, notification, saving));
}

/** Two different entries under one id are two rows, with the same keys in whatever order Kore sends them. */
function allotIds(distinct: ReadonlyMap<string, unknown>): Map<string, string> {
  const taken = new Set<string>();
  const logIds = new Map<string, string>();
  for (const hash of [...distinct.keys()].sort()) {
    const id = usableId(fieldOf(distinct.get(hash), '_id')) ?? hash;
    logIds.set(hash, taken.has(id) ? `${id}~${hash}` : id);
    taken.add(id);
  }
  return logIds;
}

export interface Tally {
  readonly counts: Counts;
  /** Sorted, and only those that look like names: an event repeats them. */
  readonly channels: string[];
  /** Kore's time of its latest delivery log, ISO 8601 in UTC; absent where it gave none. */
  readonly latestLogAt: string | undefined;
}

/**
 * Key of the index of failures.
 *
 * @param day in UTC, such as `2026-11-24`.
 */
export function failureKey(streamId: string | undefined, day: string): string {
  return `${streamId ?? NO_BOT}#${day}`;
}

/** The bot of a key of the index of failures. */
export function botOf(key: string): string {
  return key.slice(0, key.lastIndexOf('#'));
}

/** Stands for the bot of a notification that was tracked without a stream id. */
export const NO_BOT = '-';

/** What the rows add up to. */
export function tally(rows: Iterable<DeliveryLogRow>): Tally {
  const counts = { total: 0, delivered: 0, failed: 0 };
  const channels = new Set<string>();
  let latestLogAt: string | undefined;
  for (const { status, log, createdOn, savedAt } of rows) {
    counts.total += 1;
    if (status === 'SUCCESS') counts.delivered += 1;
    if (status === 'FAILURE') counts.failed += 1;
    // The two are the same where Kore gave no time.
    if (createdOn !== savedAt && createdOn > (latestLogAt ?? '')) latestLogAt = createdOn;
    const channel = fieldOf(log, 'channel');
    if (typeof channel === 'string' && CHANNEL.test(channel)) channels.add(channel);
  }
  return { counts, channels: [...channels].sort().slice(0, MOST_CHANNELS), latestLogAt };
}

/** When DynamoDB may drop a row: seconds since 1970. */
export function expiryOf({ now, retentionDays }: Saving): number {
  return Math.floor(now / 1000) + retentionDays * 86_400;
}

/** The form in which a recipient's address is a key: without surrounding space, lower case. */
export function normaliseRecipient(address: string): string {
  return address.trim().toLowerCase();
}

/** Tells two lists of entries apart without keeping either. */
export function digestOf(entries: readonly unknown[]): string {
  return sha256(JSON.stringify(entries));
}

/** Anything else that `Date` can make sense of, it guesses. */
const ISO_DAY = /^\d{4}-\d{2}-\d{2}(T|$)/;
const CHANNEL = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const MOST_CHANNELS = 20;
/** Kore's ids are about 40 characters. Starting with a letter or digit, they sort behind `#summary`. */
const LOG_ID = /^[A-Za-z0-9][\x21-\x7d]{0,199}$/;
/** DynamoDB's limit for a partition key is 2048 bytes. */
const LONGEST_RECIPIENT_BYTES = 2048;

function toRow(
  entry: unknown,
  logId: string,
  { requestId, streamId }: NotificationName,
  saving: Saving,
): DeliveryLogRow {
  const savedAt = new Date(saving.now).toISOString();
  const createdOn = usableTime(fieldOf(entry, 'createdOn')) ?? savedAt;
  const recipient = usableRecipient(fieldOf(entry, 'originalId'));
  const status = statusWord(fieldOf(entry, 'status'));
  const isFailure = status === 'FAILURE';
  return {
    requestId,
    logId,
    ...(recipient !== undefined && { recipient }),
    status,
    createdOn,
    savedAt,
    expiresAt: expiryOf(saving),
    ...(isFailure && { failureOf: failureKey(streamId, createdOn.slice(0, 10)) }),
    log: entry,
  };
}

function fieldOf(entry: unknown, name: string): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  return (entry as Record<string, unknown>)[name];
}

function usableId(id: unknown): string | undefined {
  return typeof id === 'string' && LOG_ID.test(id) ? id : undefined;
}

function usableRecipient(originalId: unknown): string | undefined {
  if (typeof originalId !== 'string') return undefined;
  const recipient = normaliseRecipient(originalId);
  const bytes = Buffer.byteLength(recipient);
  return bytes > 0 && bytes <= LONGEST_RECIPIENT_BYTES ? recipient : undefined;
}

function usableTime(time: unknown): string | undefined {
  if (typeof time !== 'string' || !ISO_DAY.test(time)) return undefined;
  const parsed = new Date(time);
  const year = parsed.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? parsed.toISOString() : undefined;
}

/** Hash of an entry, the same in whatever order its fields come. */
function hashOf(entry: unknown): string {
  return `sha256-${sha256(JSON.stringify(entry, sortedFields))}`;
}

function sortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
