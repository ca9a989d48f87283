/** What the delivery log table holds of a notification: a row for each recipient, and the summary of the whole. */
import type { Outcome } from './event-names.ts';
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
  /** `{streamId}#{day}` on failures only: key of the sparse index of failures by bot and day. */
  readonly failureOf?: string;
  /** Kore's entry, untouched; absent where the table takes it in no form. */
  readonly log?: unknown;
}

/** The row that says how a tracking ended; what an operator reads first. */
export interface Summary {
  readonly requestId: string;
  readonly logId: typeof SUMMARY_ID;
  readonly outcome: Outcome;
  /** ISO 8601 in UTC. */
  readonly savedAt: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
  readonly [field: string]: unknown;
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

/** The form in which a recipient's address is a key: composed, lower case, without surrounding space. */
export function normaliseRecipient(address: string): string {
  return address.trim().toLowerCase().normalize('NFC');
}
