/** docs/reliability.md, whose table of faults is written from what the tests expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type End, EXPECTED } from '../faults/expected-ends.ts';
import { PLACES, type Place, WAYS, type Way } from '../faults/fault.ts';

export const RELIABILITY_PAGE = join(import.meta.dirname, '../../docs/reliability.md');

const OPEN = '<!-- faults -->\n';
const CLOSE = '<!-- /faults -->';

/** The page with its table of faults as it should be. */
export function upToDateReliabilityPage(): string {
  const page = readFileSync(RELIABILITY_PAGE, 'utf8');
  const [before, rest = ''] = page.split(OPEN);
  const [, after] = rest.split(CLOSE);
  if (after === undefined) throw new Error('docs/reliability.md lacks its part "faults".');
  return `${before}${OPEN}${faultTable()}${CLOSE}${after}`;
}

function faultTable(): string {
  const head =
    '\n| where | fault | once or three times | for ever | shows |\n| --- | --- | --- | --- | --- |\n';
  const rows = PLACES.flatMap((place) => (Object.keys(WAYS) as Way[]).map((way) => rowOf(place, way)));
  return `${head}${rows.filter((row) => row !== undefined).join('\n')}\n\n`;
}

function rowOf(place: Place, way: Way): string | undefined {
  const expected = EXPECTED[place][way];
  if (expected === undefined) return undefined;
  const { once, 'for ever': forEver, shows } = expected;
  return `| ${place} | ${way} | ${inWords(once)} | ${inWords(forEver)} | ${shows === undefined ? '' : `\`${shows}\``} |`;
}

function inWords({ event, isRepeated, status, rows, summary }: End): string {
  const isWhole = event === 'complete' && rows === 'all' && summary === 'complete' && !isRepeated;
  if (isWhole) return 'complete';
  const told = event === 'complete' || event === 'none' ? event : `\`${event}\``;
  const parts = [
    event === 'none' ? '**no event**, the execution FAILED' : told,
    isRepeated && 'the same event again',
    isRepeated && status === 'FAILED' && 'the execution FAILED',
    rows === 'all' ? 'all rows' : rows === 'some' ? 'those rows that DynamoDB took' : 'no rows',
    summary === 'none' && 'no summary',
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}
