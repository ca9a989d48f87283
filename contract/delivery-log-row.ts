/** What the delivery log table holds of a notification: a row for each recipient, and the summary of the whole. */
import type { Outcome } from './event/event-names.ts';
import type { SUMMARY_ID } from './table-names.ts';

export interface DeliveryLogRow {
  /** Partition key: the tracked notification. */
  readonly requestId: string;
  /** Sort key: Kore's `_id`, or a hash of recipient and channel where it has no usable one (row-matching.ts). */
  readonly logId: string;
  /** Hash of id, recipient and channel: no log of another replaces the row. Absent in rows of 0.1.0. */
  readonly identity?: string;
  /** Normalised `originalId`; absent where Kore sent none. Key of the index by recipient. */
  readonly recipient?: string;
  /** Kore's word for this recipient (status-word.ts); `UNKNOWN` where it is not listed. 0.1.0 let any word through. */
  readonly status: string;
  /** Kore's time, or `savedAt` where it sent none; ISO 8601 in UTC. */
  readonly createdOn: string;
  /** Milliseconds since 1970 at which Kore was asked for this version. Absent in rows of 0.1.0. */
  readonly askedAt?: number;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
  /** `{streamId}#{day}#{shard}` on failures only: key of the sparse index of failures by bot and day. */
  readonly failureOf?: string;
  /** Kore's entry, untouched; absent where the table takes it in no form. */
  readonly log?: unknown;
}

/** The row that says how a tracking ended; what an operator reads first. */
export interface Summary {
  readonly requestId: string;
  readonly logId: typeof SUMMARY_ID;
  readonly outcome: Outcome;
  /** The campaign that the notification belongs to: key of the sparse index of a campaign's summaries. */
  readonly campaignId?: string;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
  readonly [field: string]: unknown;
}

/**
 * How many values the key of the index of failures has for one bot and day. A partition takes 1,000 writes a second, and the calls of
 * a bot bring 8,000 failures: twice the eight values that need leave room for those that meet in one partition (bench/failures/).
 */
export const FAILURE_SHARDS = 16;

/**
 * Key of the index of failures.
 *
 * @param day in UTC, such as `2026-11-24`.
 * @param shard from 0, below FAILURE_SHARDS.
 */
export function failureKey(streamId: string | undefined, day: string, shard: number): string {
  return `${keyWithoutShard(streamId, day)}#${shard}`;
}

/** All keys under which failures of a bot and a day are. The last one is that of rows of 0.1.0, which had no shards. */
export function failureKeys(streamId: string | undefined, day: string): readonly string[] {
  const keys = Array.from({ length: FAILURE_SHARDS }, (_, shard) => failureKey(streamId, day, shard));
  return [...keys, keyWithoutShard(streamId, day)];
}

function keyWithoutShard(streamId: string | undefined, day: string): string {
  return `${streamId ?? NO_BOT}#${day}`;
}

/** The bot of a key of the index of failures, with a shard or without. */
export function botOf(key: string): string {
  return key.replace(/#\d{4}-\d\d-\d\d(#\d+)?$/, '');
}

/** Stands for the bot of a notification that was tracked without a stream id. */
const NO_BOT = '-';

/** The form in which a recipient's address is a key: composed, lower case, without surrounding space. */
export function normaliseRecipient(address: string): string {
  return address.trim().toLowerCase().normalize('NFC');
}
