/**
 * Many first checks at once where Lambda has little concurrency, as in a new account.
 *
 *     npm run bench -- failures
 */
import { randomFrom, seedOf } from './campaign/campaign.ts';
import { type Burst, firstChecks } from './failures/first-checks.ts';
import { markdownTable, number, type Section } from './page/section.ts';

const BURSTS: readonly Burst[] = [
  ...[10, 100, 1_000].map((concurrency) => ({ trackings: 1_000, concurrency, checkSeconds: 0.33 })),
  ...[10, 100, 1_000].map((concurrency) => ({ trackings: 1_000, concurrency, checkSeconds: 3.5 })),
];

export async function firstChecksSection(): Promise<Section> {
  const rows: string[][] = [];
  for (const burst of BURSTS) {
    const { trackings, concurrency, checkSeconds } = burst;
    const { p50, p95, last, throttled, mostThrottled } = await firstChecks(burst, randomFrom(seedOf(0)));
    rows.push([
      number(trackings),
      `${checkSeconds} s`,
      number(concurrency),
      ...[(trackings * checkSeconds) / concurrency, p50, p95, last].map((seconds) => seconds.toFixed(0)),
      (throttled / trackings).toFixed(1),
      String(mostThrottled),
    ]);
  }
  return {
    name: 'first checks',
    command: 'npm run bench -- failures',
    text: [
      'First checks that are due within a second, while nothing else runs in the account. Seconds until they have run:',
      markdownTable(
        [
          'first checks',
          'each takes',
          'concurrency',
          'least possible',
          'half',
          '95 in 100',
          'the last',
          'times throttled, mean',
          'most',
        ],
        rows,
      ),
      "A check takes 0.33 s, most of it Kore.ai's answer, and 3.5 s where it has 1,000 rows to save.",
    ].join('\n\n'),
  };
}
