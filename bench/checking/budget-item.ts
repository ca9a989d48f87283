/** The item of the call budget table for a bot that is busy and known: what a check reads and gets back from each booking. */
import { BUDGET_KEPT_SECONDS, QUOTA_KEY } from '../../contract/table-names.ts';
import {
  type Capacity,
  FRESH_SECONDS,
  PARTS_OF_SPAN,
  partOf,
  SLOT_SECONDS,
  slotAt,
} from '../../lambdas/check-delivery/budget/call-limits.ts';
import { COARSE_SECONDS, FINE_SECONDS, stretchOf } from '../../lambdas/check-delivery/budget/starts.ts';
import { AGES } from '../../lambdas/check-delivery/schedule/life-table.ts';

/** Calls in each slot, a quarter of what is possible; in each fine stretch as many trackings begin. */
const CALLS = 10;
/** Slots that the item still has, and slots ahead that have reservations. */
const [SLOTS_BACK, SLOTS_AHEAD] = [60, 12];
/** Stretches of either length that the item always has: so the item's size does not depend on the time of the day. */
const [FINE_KEPT, COARSE_KEPT] = [20, 24];
/** The longest delivery so far has taken two hours. */
const LONGEST_SECONDS = 7_200;

/**
 * Attributes as budget-table.ts names them, all of them numbers.
 *
 * @param now milliseconds since 1970.
 */
export function busyItem(now: number, capacity: Capacity): Record<string, number> {
  const slot = slotAt(now);
  const part = partOf(slot, capacity);
  const fine = stretchOf(now, FINE_SECONDS);
  const coarse = stretchOf(now, COARSE_SECONDS);
  const ages = AGES.filter((age) => age < LONGEST_SECONDS).length;
  const fresh = Math.ceil(FRESH_SECONDS / SLOT_SECONDS);
  return {
    ...counts('s', slot - SLOTS_BACK + 1, slot + SLOTS_AHEAD, () => CALLS),
    ...counts('b', slot - fresh, slot + SLOTS_AHEAD, () => CALLS),
    ...counts('r', part - PARTS_OF_SPAN + 1, part, () => CALLS * capacity.slotsInPart * PARTS_OF_SPAN),
    ...counts('l', 0, ages - 1, (age) => 500.1234 / (1 + age)),
    ...counts('e', 0, ages - 1, (age) => 50.1234 / (1 + age)),
    ...counts('f', fine - FINE_KEPT + 1, fine, () => CALLS),
    ...counts('c', coarse - COARSE_KEPT + 1, coarse, () => (CALLS * COARSE_SECONDS) / FINE_SECONDS),
    expiresAt: Math.floor(now / 1000) + BUDGET_KEPT_SECONDS,
  };
}

function counts(kind: string, first: number, last: number, countAt: (number: number) => number) {
  const names = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return Object.fromEntries(
    names.map((number) => [`${kind}${number}`, Math.round(countAt(number) * 10_000) / 10_000]),
  );
}

/** As DynamoDB sends it. */
export function typedItem(quotaKey: string, numbers: Readonly<Record<string, number>>): object {
  const typed = Object.entries(numbers).map(([name, value]) => [name, { N: String(value) }]);
  return { [QUOTA_KEY]: { S: quotaKey }, ...Object.fromEntries(typed) };
}
