/** docs/reliability.md, whose tables of faults and of surviving mutants are written from what the tests expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type End, EXPECTED } from '../../testing/faults/expected-ends.ts';
import { PLACES, type Place, WAYS, type Way } from '../../testing/faults/fault.ts';

export const RELIABILITY_PAGE = join(import.meta.dirname, '../../docs/reliability.md');
const SURVIVORS = join(import.meta.dirname, '../../test/mutation/survivors.json');

/** The page with its tables as they should be. */
export function upToDateReliabilityPage(): string {
  const page = readFileSync(RELIABILITY_PAGE, 'utf8');
  return withPart('survivors', survivorTable(), withPart('faults', faultTable(), page));
}

function withPart(name: string, text: string, page: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [before, rest = ''] = page.split(open);
  const [, after] = rest.split(close);
  if (after === undefined) throw new Error(`docs/reliability.md lacks its part "${name}".`);
  return `${before}${open}\n${text}\n${close}${after}`;
}

function faultTable(): string {
  const head =
    '| where | fault | once or three times | for ever | shows |\n| --- | --- | --- | --- | --- |\n';
  const rows = PLACES.flatMap((place) => (Object.keys(WAYS) as Way[]).map((way) => rowOf(place, way)));
  return `${head}${rows.filter((row) => row !== undefined).join('\n')}\n`;
}

function survivorTable(): string {
  const survivors: { file: string; changes: string[]; why: string }[] = JSON.parse(
    readFileSync(SURVIVORS, 'utf8'),
  );
  const rows = survivors.flatMap(({ file, changes, why }) =>
    changes.map((change) => `| ${file} | ${inCode(change)} | ${why} |\n`),
  );
  return `| where | change | why it survives |\n| --- | --- | --- |\n${rows.join('')}`;
}

function inCode(change: string): string {
  const [code, becomes] = change.replaceAll('|', '\\|').split(' → ');
  return `\`${code}\` → \`${becomes}\``;
}

function rowOf(place: Place, way: Way): string | undefined {
  const expected = EXPECTED[place][way];
  if (expected === undefined) return undefined;
  const { once, 'for ever': forEver, byChance, shows } = expected;
  const lasting = [forEver, ...(byChance === undefined ? [] : [byChance])].map(inWords).join('; or ');
  return `| ${place} | ${way} | ${inWords(once)} | ${lasting} | ${shows === undefined ? '' : `\`${shows}\``} |`;
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
