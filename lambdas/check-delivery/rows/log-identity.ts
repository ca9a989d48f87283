/** Whose a delivery log is: its id, recipient and channel tell it from the others, whatever else of it changes. */

import { createHash } from 'node:crypto';
import { normaliseRecipient } from '../../../contract/delivery-log-row.ts';
import { fieldOf } from '../kore/answer/field-of.ts';

export interface Identity {
  /** Kore's `_id`, where it can be a key. */
  readonly id: string | undefined;
  /** Normalised. */
  readonly recipient: string | undefined;
  readonly channel: string | undefined;
}

export function identityOf(log: unknown): Identity {
  return {
    id: usableId(fieldOf(log, '_id')),
    recipient: recipientOf(fieldOf(log, 'originalId')),
    channel: channelOf(fieldOf(log, 'channel')),
  };
}

/** Hash of an identity; of the whole log where neither id nor recipient tells it from others. */
export function identityHash({ id, recipient, channel }: Identity, log: unknown): string {
  if (id === undefined && recipient === undefined) return sha256(JSON.stringify(log, sortedFields) ?? '');
  return sha256(JSON.stringify([id ?? null, recipient ?? null, channel ?? null]));
}

/** Whether one of two logs with the same id, or none, can be a version of the other: nothing that both name differs. */
export function isCompatible(one: Identity, other: Identity): boolean {
  const agree = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined || a === b;
  return agree(one.recipient, other.recipient) && agree(one.channel, other.channel);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Kore's ids are about 40 characters. Starting with a letter or digit, they sort behind `#summary`. */
const LOG_ID = /^[A-Za-z0-9][\x21-\x7d]{0,199}$/;

function usableId(id: unknown): string | undefined {
  return typeof id === 'string' && LOG_ID.test(id) ? id : undefined;
}

/** A phone number may come as a number. */
function recipientOf(originalId: unknown): string | undefined {
  if (typeof originalId !== 'string' && typeof originalId !== 'number') return undefined;
  // Half a surrogate pair cannot be stored.
  return normaliseRecipient(String(originalId).toWellFormed()) || undefined;
}

function channelOf(channel: unknown): string | undefined {
  return (typeof channel === 'string' && channel.trim().toLowerCase()) || undefined;
}

/** The same text in whatever order the fields come. */
function sortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
