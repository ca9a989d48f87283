/**
 * Question 2: what do 1,000 notifications cost? One real local run of each size, multiplied, times a price table.
 *
 *     npm run bench -- cost
 */
import { sum, trackOne, type Usage } from './one-tracking.ts';
import { PRICES, pricesInWords } from './prices.ts';
import { markdownTable, number, type Section } from './section.ts';

/** What a check is billed for: 512 MB for a third of a second, most of it Kore.ai's answer (an assumption). */
const CHECK_GIGABYTE_SECONDS = 0.5 * 0.33;
/** The plan of the first check asks DynamoDB twice (an assumption). */
const PLAN_GIGABYTE_SECONDS = 0.5 * 0.03;
/** A state is about 2 KB while its bot is busy. */
const BUDGET_UNITS = 2;

const RECIPIENTS = [1, 100, 1_000] as const;

export async function costSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const recipients of RECIPIENTS) rows.push(row(await trackOne(recipients)));
  return {
    name: 'cost',
    command: 'npm run bench -- cost',
    text: [
      'Dollars for 1,000 notifications of 100 s each, of a bot of which nothing is known; one real local run of each size, multiplied.',
      markdownTable(
        [
          'recipients',
          'transitions',
          'checks',
          'seconds late',
          'row write units',
          'Step Functions',
          'Lambda',
          'DynamoDB',
          'EventBridge',
          'in all',
        ],
        rows,
      ),
      pricesInWords(),
    ].join('\n\n'),
  };
}

function row(usage: Usage): string[] {
  const { recipients, transitions, invocations, secondsLate, rowUnits } = usage;
  const costs = Object.values(dollarsOf(usage));
  return [
    number(recipients),
    number(transitions),
    number(invocations - 1),
    secondsLate.toFixed(0),
    number(rowUnits),
    ...costs.map(ofThousand),
    ofThousand(sum(costs)),
  ];
}

/** What a tracking costs, by the service. */
export function dollarsOf({ recipients, transitions, invocations, requests, rowUnits, events }: Usage) {
  const { UpdateItem = 0, GetItem = 0, Query = 0 } = requests;
  return {
    stepFunctions: transitions * PRICES.transition,
    lambda:
      invocations * PRICES.invocation +
      ((invocations - 1) * CHECK_GIGABYTE_SECONDS + PLAN_GIGABYTE_SECONDS) * PRICES.gigabyteSecond,
    dynamoDb:
      (rowUnits + UpdateItem * BUDGET_UNITS) * PRICES.writeUnit +
      // A consistent read unit is 4 KB; what is saved is read once for each check that found more.
      (GetItem + Query * Math.ceil(recipients / 8)) * PRICES.readUnit,
    eventBridge: events.length * PRICES.event,
  };
}

export function ofThousand(dollars: number): string {
  return `$${(dollars * 1_000).toFixed(3)}`;
}
