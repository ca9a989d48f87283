/** Which failures in the table are still to be announced, and which of them by name. Pure. */
import { MOST_LOG_IDS } from '../../../contract/event/not-reached-limits.ts';
import { announcedAsText, announcedIn, MOST_NAMES, nameOf } from './announced.ts';

export interface NewFailures {
  /** Those that are named, sorted. */
  readonly logIds: readonly string[];
  /** All, named or not. */
  readonly count: number;
  /** Whether some are not named. */
  readonly more: boolean;
  /** What has been announced with them, for the state. */
  readonly announced: string;
}

/**
 * @param notReached keys of all rows with the status `FAILURE`.
 * @param before what the state says was announced.
 * @param isEnd whether no check comes after this one.
 */
export function newFailures(
  notReached: readonly string[],
  before: string,
  isEnd: boolean,
): NewFailures | undefined {
  const { names, unnamed } = announcedIn(before);
  const unknown = [...new Set(notReached)].filter((logId) => !names.has(nameOf(logId))).sort();
  const fresh = unknown.filter(isNameable).slice(0, Math.max(0, MOST_NAMES - names.size));
  const rest = unknown.length - fresh.length;
  // As many as before may be others than before. Waiting, that is let pass; at the end none may be missing, so all are announced anew.
  const newInRest = isEnd ? rest : Math.max(0, rest - unnamed);
  const count = fresh.length + newInRest;
  if (count === 0) return undefined;
  const logIds = fresh.slice(0, MOST_LOG_IDS);
  const announced = announcedAsText({
    names: new Set([...names, ...fresh.map(nameOf)]),
    unnamed: Math.max(unnamed, rest),
  });
  return { logIds, count, more: logIds.length < count, announced };
}

/** Kore's documented form of an `_id`: two hundred are 9 KB. Any other may be an address, or is a hash of ours that is made from one. */
const NAMEABLE = /^[a-z]{2}-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function isNameable(logId: string): boolean {
  return NAMEABLE.test(logId);
}
