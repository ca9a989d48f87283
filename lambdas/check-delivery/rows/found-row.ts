/** A row that the table holds for a log of an answer: what has to be known of it, its log left behind. */
import { isDeepStrictEqual } from 'node:util';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { asText } from './as-text.ts';
import { type CountedRow, countedOf } from './tally.ts';
import type { FreshRow } from './to-rows.ts';

export interface FoundRow {
  readonly logId: string;
  readonly identity: string | undefined;
  /** Whether it names the very recipient and channel. */
  readonly isExact: boolean;
  /** Milliseconds since 1970; absent in rows of 0.1.0. */
  readonly askedAt: number | undefined;
  /** Whether it holds the answer's version, as it is or as text, under the same recipient. */
  readonly holdsLog: boolean;
  readonly isFading: boolean;
  /** Whether the log would have this key where no other log was in its way. */
  readonly hasWishedKey: boolean;
  readonly counted: CountedRow;
}

export function foundRow(saved: DeliveryLogRow, fresh: FreshRow, isExact: boolean): FoundRow {
  return {
    logId: saved.logId,
    identity: saved.identity,
    isExact,
    askedAt: saved.askedAt,
    holdsLog: saved.recipient === fresh.recipient && holds(saved.log, fresh.log),
    isFading: isFading(saved, fresh),
    hasWishedKey: saved.logId === fresh.logId,
    counted: countedOf(saved),
  };
}

/** Of versions asked for within two seconds the clocks may name the wrong one, but all checks the same one. */
export function isNewer(savedAskedAt: number | undefined, askedAt: number): boolean {
  return savedAskedAt !== undefined && savedAskedAt > askedAt;
}

/** Of two rows that could be a log's, every check must go on with the same one. */
export function isBetter(one: FoundRow, other: FoundRow): boolean {
  if (one.isExact !== other.isExact) return one.isExact;
  const isCurrent = (row: FoundRow) => row.identity !== undefined;
  if (isCurrent(one) !== isCurrent(other)) return isCurrent(one);
  if (one.hasWishedKey !== other.hasWishedKey) return one.hasWishedKey;
  return one.logId < other.logId;
}

function holds(saved: unknown, log: unknown): boolean {
  return isDeepStrictEqual(saved, log) || (typeof saved === 'string' && saved === asText(log));
}

/** Of what an earlier tracking saved, less than half of the time that rows are kept is left, or none: it is no longer safe. */
function isFading(saved: DeliveryLogRow, { expiresAt, savedAt }: DeliveryLogRow): boolean {
  const now = Date.parse(savedAt) / 1000;
  return saved.expiresAt - now < (expiresAt - now) / 2;
}
