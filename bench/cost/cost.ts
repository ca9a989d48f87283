/**
 * Question 2: what do 1,000 notifications cost, of a bot that is new and of one that is known? Real local runs, times a price table.
 *
 *     npm run bench -- cost
 */
import { randomFrom, SHAPE_NAMES, SHAPES, type Shape } from '../campaign/campaign.ts';
import { DURATION_SECONDS, sum, trackOne, type Usage } from '../one-tracking.ts';
import { markdownTable, number, type Section } from '../page/section.ts';
import { PRICES, pricesInWords } from './prices.ts';

/** What a check is billed for: 512 MB for a third of a second, most of it Kore.ai's answer (an assumption). */
const CHECK_GIGABYTE_SECONDS = 0.5 * 0.33;
/** A row takes 1.7 ms more (`npm run bench -- check-time`, a warm check). */
const ROW_GIGABYTE_SECONDS = 0.5 * 0.0017;
/** The plan of the first check asks DynamoDB twice (an assumption). */
const PLAN_GIGABYTE_SECONDS = 0.5 * 0.03;
/** A state is about 2 KB while its bot is busy. */
const BUDGET_UNITS = 2;
/** The others are the budget's; what this one takes is counted with the rows. */
const FINAL_EVENT_UPDATES = 1;

const RECIPIENTS = [1, 100, 1_000] as const;
const RUNS = 5;
/** The event costs the same everywhere. */
const SHOWN_SERVICES = 3;
const DELIVERIES_BEFORE = 500;
const SEED = 1_000;

/** Durations of the bot's deliveries before, in seconds. */
const BOTS: readonly (readonly [known: string, durations: readonly number[]])[] = [
  ['nothing', []],
  ['500 alike', Array.from({ length: DELIVERIES_BEFORE }, () => DURATION_SECONDS)],
  ['500 of all kinds', severalOf('lognormal')],
];

export async function costSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const recipients of RECIPIENTS) {
    for (const [known, durationsBefore] of BOTS) {
      const runs: Usage[] = [];
      while (runs.length < RUNS) runs.push(await trackOne(recipients, { durationsBefore }));
      rows.push([number(recipients), known, ...figuresOf(runs)]);
    }
  }
  return {
    name: 'cost',
    command: 'npm run bench -- cost',
    text: [
      `Dollars for 1,000 notifications of ${DURATION_SECONDS} s each; means of ${RUNS} real local runs of one, multiplied.`,
      markdownTable(
        [
          'recipients',
          'known of the bot',
          'checks',
          'seconds late',
          'row write units',
          'Step Functions',
          'Lambda',
          'DynamoDB',
          'in all',
        ],
        rows,
        2,
      ),
      `What is known are ${DELIVERIES_BEFORE} deliveries before: alike, of ${DURATION_SECONDS} s each as well, or of all kinds, ${SHAPE_NAMES.lognormal} (seed ${SEED}). Seconds late are those from the end of a delivery to the check that finds it. A check is three transitions, and a tracking two more; the event is in the last column, $0.001.`,
      pricesInWords(),
    ].join('\n\n'),
  };
}

function severalOf(shape: Shape): number[] {
  const random = randomFrom(SEED);
  return Array.from({ length: DELIVERIES_BEFORE }, () => SHAPES[shape](random));
}

function figuresOf(runs: readonly Usage[]): string[] {
  const mean = (figure: (usage: Usage) => number) => sum(runs.map(figure)) / runs.length;
  const services = ['stepFunctions', 'lambda', 'dynamoDb', 'eventBridge'] as const;
  const costs = services.map((service) => mean((usage) => dollarsOf(usage)[service]));
  return [
    mean(({ invocations }) => invocations - 1).toFixed(1),
    mean(({ secondsLate }) => secondsLate).toFixed(1),
    number(mean(({ rowUnits }) => rowUnits)),
    ...costs.slice(0, SHOWN_SERVICES).map(ofThousand),
    ofThousand(sum(costs)),
  ];
}

/** What a tracking costs, by the service. */
export function dollarsOf({ recipients, transitions, invocations, requests, rowUnits, events }: Usage) {
  const { UpdateItem = 0, PutItem = 0, GetItem = 0, Query = 0 } = requests;
  const gigabyteSeconds =
    (invocations - 1) * CHECK_GIGABYTE_SECONDS + PutItem * ROW_GIGABYTE_SECONDS + PLAN_GIGABYTE_SECONDS;
  return {
    stepFunctions: transitions * PRICES.transition,
    lambda: invocations * PRICES.invocation + gigabyteSeconds * PRICES.gigabyteSecond,
    dynamoDb:
      (rowUnits + (UpdateItem - FINAL_EVENT_UPDATES) * BUDGET_UNITS) * PRICES.writeUnit +
      // A consistent read unit is 4 KB; what is saved is read once for each check that found more.
      (GetItem + Query * Math.ceil(recipients / 8)) * PRICES.readUnit,
    eventBridge: events.length * PRICES.event,
  };
}

export function ofThousand(dollars: number): string {
  return `$${(dollars * 1_000).toFixed(3)}`;
}
