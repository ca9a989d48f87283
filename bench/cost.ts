/**
 * Question 2: what do 1,000 notifications cost? One real local run of each size, multiplied, times a price table.
 *
 *     npm run bench -- cost
 */
import type { Usage } from './one-tracking.ts';
import { markdownTable, number, type Section } from './section.ts';

/** Dollars: AWS's list prices for us-east-1, November 2026, without free tiers. */
const PRICES = {
  transition: 25 / 1e6,
  invocation: 0.2 / 1e6,
  gigabyteSecond: 13.3334 / 1e6,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  event: 1 / 1e6,
} as const;

/** What an invocation is billed for: 512 MB for a third of a second, most of it Kore.ai's answer (an assumption). */
const INVOCATION_GIGABYTE_SECONDS = 0.5 * 0.33;
/** A state is about 2 KB while its bot is busy. */
const BUDGET_UNITS = 2;

export function costSection(usages: readonly Usage[]): Section {
  return {
    name: 'cost',
    command: 'npm run bench -- cost',
    text: [
      'Dollars for 1,000 notifications of 100 s each; one real local run of each size, multiplied.',
      markdownTable(
        [
          'recipients',
          'transitions',
          'invocations',
          'row write units',
          'Step Functions',
          'Lambda',
          'DynamoDB',
          'EventBridge',
          'in all',
        ],
        usages.map(row),
      ),
      `Prices: ${Object.entries(PRICES)
        .map(([what, price]) => `${what} $${(price * 1e6).toFixed(3)} per million`)
        .join(
          ', ',
        )} (AWS list prices, us-east-1, November 2026; no free tier, logs and the secret's $0.40 a month not counted).`,
    ].join('\n\n'),
  };
}

function row({ recipients, transitions, invocations, requests, rowUnits }: Usage): string[] {
  const { UpdateItem = 0, GetItem = 0, Query = 0 } = requests;
  const dollars = {
    stepFunctions: transitions * PRICES.transition,
    lambda: invocations * (PRICES.invocation + INVOCATION_GIGABYTE_SECONDS * PRICES.gigabyteSecond),
    dynamoDb:
      (rowUnits + UpdateItem * BUDGET_UNITS) * PRICES.writeUnit +
      // A consistent read unit is 4 KB; what is saved is read once for each check that found more.
      (GetItem + Query * Math.ceil(recipients / 8)) * PRICES.readUnit,
    eventBridge: PRICES.event,
  };
  const costs = Object.values(dollars);
  const all = costs.reduce((sum, cost) => sum + cost, 0);
  const ofThousand = (cost: number) => `$${(cost * 1_000).toFixed(3)}`;
  return [
    number(recipients),
    number(transitions),
    number(invocations),
    number(rowUnits),
    ...costs.map(ofThousand),
    ofThousand(all),
  ];
}
