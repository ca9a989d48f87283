/**
 * A day on which everything fails: what the partitions of the index of failures take, and what becomes of the rows.
 *
 *     npm run bench -- failures
 */
import { FAILURE_SHARDS, failureKey } from '../contract/delivery-log-row.ts';
import { toRows } from '../lambdas/check-delivery/rows/to-rows.ts';
import { statusBody } from '../local/kore/notification.ts';
import { seedOf } from './campaign/campaign.ts';
import { unitsOf } from './cost/write-units.ts';
import { massFailure, NOTIFICATIONS, RECIPIENTS, WITHIN } from './failures/mass-failure.ts';
import { partitionsFor, rateOf } from './failures/partitions.ts';
import type { Places } from './failures/saving.ts';
import { markdownTable, number, type Section } from './page/section.ts';

/** What a new table is ready for (AWS docs, DynamoDB warm throughput), and one that was warmed; write units a second. */
const [NEW_TABLE, WARMED] = [4_000, 16_000];
const KEY_VALUES = [1, 4, 8, 16, 32, 64];
/** With one value, a warmed table is no faster. */
const SIMULATED: readonly (readonly [writeUnits: number, values: number])[] = [
  [NEW_TABLE, 1],
  [NEW_TABLE, 16],
  [NEW_TABLE, 32],
  [WARMED, 16],
  [WARMED, 32],
];
const DAYS = 1_000;
const SEED = seedOf(0);

export async function massFailureSection(): Promise<Section> {
  const units = unitsOfRow();
  const simulated: string[][] = [];
  for (const [writeUnits, values] of SIMULATED) {
    const course = await massFailure(
      placesFor(writeUnits, keysOf(values, medianDay(values, writeUnits)), units),
      SEED,
    );
    simulated.push([
      writeUnits === NEW_TABLE ? 'new' : `warmed to ${number(writeUnits)}`,
      valuesCell(values),
      ...FIGURES.map((figure) => number(course[figure])),
    ]);
  }
  return {
    name: 'mass failure',
    command: 'npm run bench -- failures',
    text: [
      `How many failures of one bot and day the index takes in a second, by the number of values of its key: the mean of ${number(DAYS)} days, and what 95 in 100 of them reach. The fullest partition decides. Write units of a row in each place: ${units}.`,
      markdownTable(
        [
          'values of the key',
          `new (${number(NEW_TABLE)} units a second)`,
          '95 in 100',
          `warmed (${number(WARMED)})`,
          '95 in 100',
        ],
        KEY_VALUES.map((values) => [
          valuesCell(values),
          ...ratesOf(values, NEW_TABLE, units),
          ...ratesOf(values, WARMED, units),
        ]),
      ),
      `${number(NOTIFICATIONS)} notifications to ${number(RECIPIENTS)} recipients each, of one bot, started within ${WITHIN} s; every delivery fails before its first check:`,
      markdownTable(
        [
          'table and indexes',
          'values of the key',
          's until all rows are in',
          'rows',
          'complete',
          'checks',
          'failed checks',
          'throttled writes',
        ],
        simulated,
        2,
      ),
      `A failed check saved some of its rows; a later one saves the rest. Seed ${SEED}; each on the day whose keys lie as in the median.`,
    ].join('\n\n'),
  };
}

const FIGURES = ['seconds', 'rows', 'complete', 'checks', 'failedChecks', 'throttled'] as const;

function unitsOfRow(): number {
  const course = { durationSeconds: 1, fails: () => true, fault: () => undefined };
  const sent = { requestId: 'ds-bench', streamId: 'st-bench', recipients: 1, course, sentAt: 0 };
  const saving = { now: START, askedAt: START, retentionDays: 90 };
  const [row] = toRows(statusBody(sent, 10_000).statusLogs, sent, saving);
  return unitsOf({ ...row }) / unitsOf({ requestId: '', recipient: '', failureOf: '' });
}

const START = Date.parse('2026-01-01T00:00:00Z');

function keysOf(values: number, day: number): string[] {
  const date = new Date(START + day * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: values }, (_, shard) => failureKey('st-bench', date, shard));
}

/** The table and both indexes, each ready for as many units. */
function placesFor(writeUnits: number, failureKeys: readonly string[], units: number): Places {
  const place = () => partitionsFor(writeUnits);
  return { table: place(), recipients: place(), failures: place(), failureKeys, units };
}

/** Days from the slowest to the fastest: where the keys lie is chance. */
function daysOf(values: number, writeUnits: number): { day: number; rate: number }[] {
  return Array.from({ length: DAYS }, (_, day) => ({
    day,
    rate: rateOf(keysOf(values, day), writeUnits),
  })).sort((one, other) => one.rate - other.rate);
}

function medianDay(values: number, writeUnits: number): number {
  return daysOf(values, writeUnits)[DAYS / 2]?.day ?? 0;
}

/** Rows a second: mean and fifth percentile. */
function ratesOf(values: number, writeUnits: number, units: number): string[] {
  const rates = daysOf(values, writeUnits).map(({ rate }) => rate / units);
  const mean = rates.reduce((sum, one) => sum + one, 0) / DAYS;
  return [mean, rates[0.05 * DAYS] ?? 0].map(number);
}

function valuesCell(values: number): string {
  return values === FAILURE_SHARDS ? `${values} (this project)` : String(values);
}
