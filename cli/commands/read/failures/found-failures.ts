/** Failures that were asked for, wherever they are read. */
import type { DeliveryLogRow } from '../../../../contract/delivery-log-row.ts';
import type { Query } from '../../../paging/cursor.ts';
import type { PageOptions } from '../../../paging/page-options.ts';

export interface FailuresOptions extends PageOptions {
  readonly streamId?: string;
  readonly campaign?: string;
}

/** Where nothing else is said; a campaign's are all. */
export const SINCE = '24h';

export interface FoundFailures {
  readonly query: Query;
  /** What the document says before them. */
  readonly facts: object;
  /** Such as `since 2026-11-23 12:00:00Z on st-1`. */
  readonly which: string;
  readonly order: string;
  /** From the beginning at each call. */
  rows(): AsyncIterable<DeliveryLogRow>;
  /** What comes after the row, as its cursor holds it. */
  after(row: DeliveryLogRow): object;
}
