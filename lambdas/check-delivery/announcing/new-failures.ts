/** Which failures in the table are still to be announced, and which of them by name. Pure. */
import { MOST_LOG_ID_BYTES, MOST_LOG_IDS } from '../../../contract/not-reached-limits.ts';
import { announcedAsText, announcedIn, MOST_NAMES, nameOf, type Unnamed, unnamedOf } from './announced.ts';

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
  const fresh = unknown.slice(0, Math.max(0, MOST_NAMES - names.size));
  const rest = unnamedOf(unknown.slice(fresh.length));
  const newInRest = newAmong(rest, unnamed, isEnd);
  const count = fresh.length + newInRest;
  if (count === 0) return undefined;
  const logIds = shownOf(fresh);
  const announced = announcedAsText({
    names: new Set([...names, ...fresh.map(nameOf)]),
    unnamed: newInRest === 0 ? unnamed : rest,
  });
  return { logIds, count, more: logIds.length < count, announced };
}

/**
 * How many of the failures without names are new. As many as before may be others than before: waiting, that is let pass, but at the
 * end none may be missing, so all are announced anew.
 */
function newAmong(rest: Unnamed, before: Unnamed | undefined, isEnd: boolean): number {
  const grown = rest.count - (before?.count ?? 0);
  if (grown > 0) return grown;
  return isEnd && rest.digest !== before?.digest ? rest.count : 0;
}

/**
 * A key that cannot hold free text: Kore's documented form of an `_id`, or a hash of ours, with one where several shared it. Any
 * other may be an address, and events never have one.
 */
const SHOWN =
  /^(?:[a-z]{2}-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|sha256-[0-9a-f]{32})(?:~[0-9a-f]{32})?$/;

/** As many as an event may name, from the first. */
function shownOf(logIds: readonly string[]): string[] {
  const shown: string[] = [];
  let bytes = '[]'.length;
  for (const logId of logIds.filter((one) => SHOWN.test(one)).slice(0, MOST_LOG_IDS)) {
    bytes += JSON.stringify(logId).length + ','.length;
    if (bytes > MOST_LOG_ID_BYTES) break;
    shown.push(logId);
  }
  return shown;
}
