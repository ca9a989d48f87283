/**
 * Which row of the table is whose: a log of an answer finds its row by identity and stays there, whatever else of it changes. Of
 * the rows that are read, only what the answer's logs need is kept; the others are counted as they pass.
 */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { type FoundRow, foundRow, isBetter, isNewer } from './found-row.ts';
import { type Identity, identityHash, identityOf, isCompatible, sha256 } from './log-identity.ts';
import { type CountedRow, countedOf, type Tally, tallying } from './tally.ts';
import { type FreshRow, underKey } from './to-rows.ts';

/** A row to write, on the condition that none of another log or of a newer version is there. */
export interface RowWrite {
  readonly row: FreshRow;
  /** Whose row was seen there, where that is not quite the same: it did not name the recipient or the channel. */
  readonly alsoOf: string | undefined;
  /** Whether a row was seen under this key. */
  readonly isKnown: boolean;
}

export interface SavedLogs {
  /** Of all rows of the notification. */
  readonly tally: Tally;
  /** Whether each log of the answer is in the table in that very version. */
  readonly isWhole: boolean;
  /** Keys of all rows with the status `FAILURE`, where they are asked for. */
  readonly notReached?: readonly string[] | undefined;
}

export interface RowMatching {
  /** Takes a row that is in the table; one that was seen before is as it is now. */
  see(row: DeliveryLogRow): void;
  /** What is to be written next. Two logs never wish for one key at once: the second waits until it is known whose that is. */
  plan(): RowWrite[];
  /** The row is in the table now, under that key. */
  wrote(write: RowWrite, key?: string): void;
  /** What is there once nothing is left to write. */
  saved(): SavedLogs;
}

/** A log of the answer on its way to its row. */
interface Slot {
  readonly row: FreshRow;
  readonly identity: Identity;
  found?: FoundRow | undefined;
  /** What counts for this log in the end. */
  settled?: CountedRow;
}

export function matchRows(rows: readonly FreshRow[], counted = tallying()): RowMatching {
  const slots = [...rows]
    // So that two checks at once give a key that several wish for to the same of them.
    .sort((a, b) => (a.identity < b.identity ? -1 : 1))
    .map((row): Slot => ({ row, identity: identityOf(row.log) }));
  const byIdentity = new Map(slots.map((slot) => [slot.row.identity, slot]));
  const byName = onlyBearers(slots);
  const wished = new Set(rows.map(({ logId }) => logId));
  const taken = new Set<string>();
  /** For whom the row under a key was found. */
  const finders = new Map<string, Slot>();
  let isWhole = true;

  /** The log whose version this row holds. */
  function exactSlotOf(row: DeliveryLogRow): Slot | undefined {
    return byIdentity.get(row.identity ?? identityIn010(row));
  }

  /** The log of which it may be an earlier version, with less said of it or more. */
  function looseSlotOf(row: DeliveryLogRow): Slot | undefined {
    const identity = savedIdentity(row);
    const bearer = byName.get(nameOf(identity) ?? '');
    return bearer !== undefined && isCompatible(bearer.identity, identity) ? bearer : undefined;
  }

  /** A row may stay under the hash of a log that said less: that hash names another log by now. */
  function freeKey({ row }: Slot): string {
    let hash = row.identity;
    while (taken.has(`${row.logId}~${hash}`)) hash = sha256(hash);
    return `${row.logId}~${hash}`;
  }

  function take(key: string): void {
    if (wished.has(wishedKey(key))) taken.add(key);
  }

  function settle(slot: Slot, as: CountedRow): void {
    slot.settled = as;
    counted.add(as);
  }

  function writeOf(slot: Slot, logId: string): RowWrite {
    const { row, found } = slot;
    const alsoOf = found?.identity === row.identity ? undefined : found?.identity;
    return { row: underKey(row, logId), alsoOf, isKnown: found !== undefined };
  }

  return {
    see(row) {
      take(row.logId);
      const exact = exactSlotOf(row);
      const slot = exact ?? looseSlotOf(row);
      const finder = finders.get(row.logId);
      // Another check has made it another log's row.
      if (finder !== undefined && finder !== slot) finder.found = undefined;
      if (slot === undefined || slot.settled !== undefined) {
        counted.add(countedOf(row));
        return;
      }
      const found = foundRow(row, slot.row, exact !== undefined);
      const { found: before } = slot;
      if (before === undefined || before.logId === row.logId || isBetter(found, before)) {
        slot.found = found;
        finders.set(row.logId, slot);
      }
      // A release before wrote a row for each version of some logs: the others stay as they are.
      if (before === undefined || before.logId === row.logId) return;
      counted.add(slot.found === found ? before.counted : found.counted);
    },

    plan() {
      const writes: RowWrite[] = [];
      const soonTaken = new Set<string>();
      for (const slot of slots) {
        if (slot.settled !== undefined) continue;
        const { row, found } = slot;
        if (found === undefined && taken.has(row.logId)) {
          writes.push(writeOf(slot, freeKey(slot)));
        } else if (found === undefined) {
          if (!soonTaken.has(row.logId)) writes.push(writeOf(slot, row.logId));
          soonTaken.add(row.logId);
        } else if (found.holdsLog && !found.isFading) {
          settle(slot, found.counted);
        } else if (isNewer(found.askedAt, row.askedAt)) {
          isWhole = false;
          settle(slot, found.counted);
        } else {
          writes.push(writeOf(slot, found.logId));
        }
      }
      return writes;
    },

    wrote({ row }, logId = row.logId) {
      take(row.logId);
      const slot = byIdentity.get(row.identity);
      if (slot !== undefined) settle(slot, countedOf({ ...row, logId }));
    },

    saved: () => ({ tally: counted.tally(), isWhole: isWhole && slots.every(({ settled }) => settled) }),
  };
}

/** The logs that are alone with their id, or with their recipient where they have none, by that. */
function onlyBearers(slots: readonly Slot[]): ReadonlyMap<string, Slot> {
  const bearers = new Map<string, Slot>();
  const shared = new Set<string>();
  for (const slot of slots) {
    const name = nameOf(slot.identity);
    if (name === undefined) continue;
    if (bearers.has(name)) shared.add(name);
    bearers.set(name, slot);
  }
  for (const name of shared) bearers.delete(name);
  return bearers;
}

/** None for a log that has neither id nor recipient: nothing but its whole tells it from others. */
function nameOf({ id, recipient }: Identity): string | undefined {
  if (id !== undefined) return `id ${id}`;
  return recipient === undefined ? undefined : `to ${recipient}`;
}

/** Rows of 0.1.0 do not say whose they are. Where the log has no name, the hash of its whole is their key. */
function identityIn010(row: DeliveryLogRow): string {
  const identity = savedIdentity(row);
  return nameOf(identity) === undefined ? row.logId.replace(/^sha256-/, '') : identityHash(identity, row.log);
}

/** Of a log that could be saved as text alone, what its keys tell. */
function savedIdentity({ logId, recipient, log }: DeliveryLogRow): Identity {
  const entry = typeof log === 'string' ? parsed(log) : log;
  if (typeof entry === 'object' && entry !== null) return identityOf(entry);
  const id = logId.startsWith('sha256-') ? undefined : wishedKey(logId);
  return { id, recipient, channel: undefined };
}

/** The key that the log would have alone: no id of Kore's has a tilde. */
function wishedKey(logId: string): string {
  return logId.replace(/~.*/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
