/** Failures grouped by their reasons, most frequent first. */
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import { maskText } from '../text/mask-address.ts';
import type { People } from '../text/people.ts';
import { reasonCell, type ShownRow, shownRow } from './shown-row.ts';
import { type Room, tableLines } from './table-layout.ts';

export interface ReasonGroup {
  /** Masked, so that what differs in the address alone is one reason. */
  readonly reason: string;
  readonly count: number;
}

export interface ReasonGroups {
  add(row: ShownRow): void;
  groups(): ReasonGroup[];
}

/** Texts of others could all differ, and memory ends. */
const MOST_REASONS = 1_000;
const OTHERS = 'other reasons';

export function reasonGroups(): ReasonGroups {
  const counts = new Map<string, number>();
  let others = 0;
  return {
    add(row) {
      const reason = maskText(reasonCell(row), row.recipient === undefined ? [] : [row.recipient]);
      if (counts.has(reason) || counts.size < MOST_REASONS) counts.set(reason, (counts.get(reason) ?? 0) + 1);
      else others += 1;
    },
    groups() {
      const known = [...counts].map(([reason, count]) => ({ reason, count }));
      known.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
      return others === 0 ? known : [...known, { reason: OTHERS, count: others }];
    },
  };
}

export function groupsOf(rows: readonly ShownRow[]): ReasonGroup[] {
  const groups = reasonGroups();
  rows.forEach(groups.add);
  return groups.groups();
}

export async function groupsOfAll(rows: AsyncIterable<DeliveryLogRow>): Promise<ReasonGroup[]> {
  const groups = reasonGroups();
  for await (const row of rows) groups.add(shownRow(row, NOBODY));
  return groups.groups();
}

/** No person is shown, so that none needs a number. */
const NOBODY: People = { showAddresses: false, numberOf: () => 0 };

/** On a terminal; rows have them all. */
const MOST_SHOWN = 10;

export function reasonLines(room: Room, groups: readonly ReasonGroup[]): string[] {
  const rest = groups.slice(MOST_SHOWN).reduce((sum, { count }) => sum + count, 0);
  const cells = groups.slice(0, MOST_SHOWN).map(({ reason, count }) => [String(count), reason]);
  return [
    ...tableLines(room, ['failures', 'reason'], cells),
    ...(rest > 0 ? [`and ${rest} for ${groups.length - MOST_SHOWN} other reasons`] : []),
  ];
}
