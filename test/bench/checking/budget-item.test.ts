import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { busyItem } from '../../../bench/checking/budget-item.ts';
import { freeSlot } from '../../../lambdas/check-delivery/budget/bookings.ts';
import { budgetIn } from '../../../lambdas/check-delivery/budget/budget-table.ts';
import { capacityOf, KORE_LIMITS, slotAt } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { startsIn } from '../../../lambdas/check-delivery/budget/starts.ts';

const CAPACITY = capacityOf(KORE_LIMITS);
const NOW = Date.parse('2026-01-01T12:00:00Z');

function stateOf(item: Record<string, unknown>) {
  const client = { send: async () => ({ Item: item }) } as unknown as DynamoDBDocumentClient;
  return budgetIn(client, 'budget', CAPACITY).read('st-bot', NOW);
}

it('is one that the budget reads whole: nothing in it is outdated, and something is known of everything', async () => {
  const { bookings, lives, starts, outdated } = await stateOf(busyItem(NOW, CAPACITY));

  expect(outdated).toEqual([]);
  expect(bookings.slots.size).toBe(72);
  expect(bookings.reserved.get(slotAt(NOW))).toBe(10);
  expect(bookings.spans.size).toBe(13);
  expect(lives.lived.length).toBe(lives.ended.length);
  expect(startsIn(starts, NOW).length).toBeGreaterThan(0);
});

it('has a free call in the slot that is wished', async () => {
  const { bookings } = await stateOf(busyItem(NOW, CAPACITY));

  expect(freeSlot(slotAt(NOW) + 6, 1, 0, bookings, CAPACITY)).toBe(slotAt(NOW) + 6);
});
