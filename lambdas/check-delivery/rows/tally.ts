/** What the rows of a notification add up to. */
import type { Counts } from '../../../lib/contract.ts';
import { fieldOf } from '../field-of.ts';
import type { DeliveryLogRow } from './delivery-log.ts';

export interface Tally {
  readonly counts: Counts;
  /** Sorted, and only those that look like names: an event repeats them. */
  readonly channels: string[];
  /** Kore's time of its latest delivery log, ISO 8601 in UTC; absent where it gave none. */
  readonly latestLogAt: string | undefined;
}

/** What of a row is counted: little enough to be kept for every log of an answer. */
export interface CountedRow {
  readonly status: string;
  readonly channel: string | undefined;
  /** Kore's time; absent where it gave none. */
  readonly createdOn: string | undefined;
}

export function countedOf({ status, log, createdOn, savedAt }: DeliveryLogRow): CountedRow {
  const channel = fieldOf(log, 'channel');
  return {
    status,
    channel: typeof channel === 'string' && CHANNEL.test(channel) ? channel : undefined,
    // The two are the same where Kore gave no time.
    createdOn: createdOn === savedAt ? undefined : createdOn,
  };
}

/** Counts rows as they come, and keeps none. */
export interface Tallying {
  add(row: CountedRow): void;
  tally(): Tally;
}

export function tallying(): Tallying {
  const counts = { total: 0, delivered: 0, failed: 0 };
  const channels = new Set<string>();
  let latestLogAt: string | undefined;
  return {
    add({ status, channel, createdOn }) {
      counts.total += 1;
      if (status === 'SUCCESS') counts.delivered += 1;
      if (status === 'FAILURE') counts.failed += 1;
      if (createdOn !== undefined && createdOn > (latestLogAt ?? '')) latestLogAt = createdOn;
      if (channel !== undefined) channels.add(channel);
      if (channels.size > MOST_CHANNELS) channels.delete([...channels].sort().at(-1) as string);
    },
    tally: () => ({ counts: { ...counts }, channels: [...channels].sort(), latestLogAt }),
  };
}

export function tally(rows: Iterable<DeliveryLogRow>): Tally {
  const all = tallying();
  for (const row of rows) all.add(countedOf(row));
  return all.tally();
}

const CHANNEL = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const MOST_CHANNELS = 20;
