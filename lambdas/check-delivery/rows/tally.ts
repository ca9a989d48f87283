/** What the rows of a notification add up to. */
import { addTo, type Counts, noCounts } from '../../../contract/counts.ts';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { fieldOf } from '../kore/answer/field-of.ts';
import { type ChannelWord, channelWord, sortedChannels } from '../kore/words/channel-word.ts';

export interface Tally {
  readonly counts: Counts;
  /** Sorted. */
  readonly channels: ChannelWord[];
  /** Kore's time of its latest delivery log, ISO 8601 in UTC; absent where it gave none. */
  readonly latestLogAt: string | undefined;
}

/** What of a row is counted: little enough to be kept for every log of an answer. */
export interface CountedRow {
  readonly status: string;
  readonly channel: ChannelWord | undefined;
  /** Kore's time; absent where it gave none. */
  readonly createdOn: string | undefined;
}

export function countedOf({ status, log, createdOn, savedAt }: DeliveryLogRow): CountedRow {
  return {
    status,
    channel: channelWord(fieldOf(log, 'channel')),
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
  const counts = noCounts();
  const channels = new Set<ChannelWord | undefined>();
  let latestLogAt: string | undefined;
  return {
    add({ status, channel, createdOn }) {
      addTo(counts, status);
      if (createdOn !== undefined && createdOn > (latestLogAt ?? '')) latestLogAt = createdOn;
      channels.add(channel);
    },
    tally: () => ({ counts: { ...counts }, channels: sortedChannels(channels), latestLogAt }),
  };
}

export function tally(rows: Iterable<DeliveryLogRow>): Tally {
  const all = tallying();
  for (const row of rows) all.add(countedOf(row));
  return all.tally();
}
