/**
 * Question 4, for the call budget: requests to DynamoDB for each reservation, as more trackings are in flight at once.
 *
 *     npm run bench -- reservations
 */
import { type BudgetStore, callBudget } from '../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../lambdas/check-delivery/budget/call-limits.ts';
import { budgetInMemory } from '../testing/in-memory/budget-in-memory.ts';
import { randomFrom, seedOf } from './campaign/campaign.ts';
import { markdownTable, number, type Section } from './page/section.ts';

const AT_ONCE = [1, 10, 100, 1_000, 1_300, 3_000];
const NOW = Date.parse('2026-01-01T00:00:02Z');
const capacity = capacityOf(KORE_LIMITS);

export async function reservationsSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const trackings of AT_ONCE) rows.push(await reserveAtOnce(trackings));
  return {
    name: 'reservations',
    command: 'npm run bench -- reservations',
    text: [
      'So many trackings claim a call in the same moment, each request answered only after everybody has sent one: the worst case.',
      markdownTable(
        [
          'trackings at once',
          'requests each, mean',
          'most',
          'calls now',
          'reserved',
          'neither',
          'last slot, s ahead',
        ],
        rows,
      ),
      'Who gets neither claims a call again when it wakes.',
    ].join('\n\n'),
  };
}

async function reserveAtOnce(trackings: number): Promise<string[]> {
  const random = randomFrom(seedOf(0));
  const store = budgetInMemory(capacity);
  const ends = await Promise.all(
    Array.from({ length: trackings }, async () => {
      const counted = counting(store);
      const budget = callBudget(counted.store, capacity, { now: () => NOW, random, sleep: async () => {} });
      const { granted, state } = await budget.claim('st-bot');
      const reservation = granted ? undefined : await budget.reserve('st-bot', NOW, state);
      return { granted, reservation, requests: counted.requests() };
    }),
  );
  const requests = ends.map((end) => end.requests);
  const slots = ends.flatMap(({ reservation }) => (reservation === undefined ? [] : [reservation.slot]));
  const calls = ends.filter(({ granted }) => granted).length;
  const mean = requests.reduce((sum, one) => sum + one, 0) / trackings;
  return [
    number(trackings),
    mean.toFixed(1),
    String(Math.max(...requests)),
    number(calls),
    number(slots.length),
    number(trackings - calls - slots.length),
    slots.length === 0 ? '–' : number(Math.max(...slots) * 5 - NOW / 1_000),
  ];
}

/** Counts requests, and answers each in a later turn with the state as it was at its time. */
function counting(store: BudgetStore): { store: BudgetStore; requests(): number } {
  let requests = 0;
  const snapshot = <T>(answer: T): T => (typeof answer === 'object' ? structuredClone(answer) : answer);
  const later = async <T>(request: Promise<T>): Promise<T> => {
    requests += 1;
    const answer = snapshot(await request);
    await new Promise(setImmediate);
    return answer;
  };
  return {
    requests: () => requests,
    store: {
      read: (bot, now) => later(store.read(bot, now)),
      book: (bot, booking) => later(store.book(bot, booking)),
      spend: (bot, reservation, now) => later(store.spend(bot, reservation, now)),
      learn: (bot, lesson, state, now) => later(store.learn(bot, lesson, state, now)),
    },
  };
}
