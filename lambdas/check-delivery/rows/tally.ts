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
  readonly logId: string;
  readonly status: string;
  readonly channel: ChannelWord | undefined;
  /** Kore's time; absent where it gave none. */
  readonly createdOn: string | undefined;
}

export function countedOf({ logId, status, log, createdOn, savedAt }: DeliveryLogRow): CountedRow {
  return {
    logId,
    status,
    channel: channelWord(fieldOf(log, 'channel')),
    // The two are the same where Kore gave no time.
    createdOn: createdOn === savedAt ? undefined : createdOn,
  };
}

/** Counts rows as they come, and keeps of them no more than the keys of failures, where they are asked for. */
export interface Tallying {
  add(row: CountedRow): void;
  tally(): Tally;
  /** Keys of the rows with the status `FAILURE`. */
  notReached(): readonly string[] | undefined;
}

export function tallying(namesFailures = false): Tallying {
  const notReached: string[] | undefined = namesFailures ? [] : undefined;
  const counts = noCounts();
  const channels = new Set<ChannelWord | undefined>();
  let latestLogAt: string | undefined;
  return {
    add({ logId, status, channel, createdOn }) {
      addTo(counts, status);
      if (status === 'FAILURE') notReached?.push(logId);
      if (createdOn !== undefined && createdOn > (latestLogAt ?? '')) latestLogAt = createdOn;
      channels.add(channel);
    },
    tally: () => ({ counts: { ...counts }, channels: sortedChannels(channels), latestLogAt }),
    notReached: () => notReached,
  };
}

export function tally(rows: Iterable<DeliveryLogRow>): Tally {
  const all = tallying();
  for (const row of rows) all.add(countedOf(row));
  return all.tally();
}
