/** The tables of docs/reliability.md and docs/reliability-details.md that are written from what the tests expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CampaignEnd, EXPECTED_OF_CAMPAIGN } from '../../testing/faults/expected-campaign-ends.ts';
import { type End, EXPECTED, type Expected } from '../../testing/faults/expected-ends.ts';
import {
  CAMPAIGN_PLACES,
  PLACES,
  type Place,
  type TrackingPlace,
  WAYS,
  type Way,
} from '../../testing/faults/fault.ts';

const SURVIVORS = join(import.meta.dirname, '../../test/mutation/survivors.json');

/** What the tracker does at each place, as the overview says it. */
const MEANING: Readonly<Record<TrackingPlace, string>> = {
  function: 'Step Functions invokes the function',
  'settings of bots read': 'the function reads what differs for single bots, where some do',
  'secret read': 'the function reads the credentials',
  'budget read': 'the function reads the call budget',
  'budget write': 'the function books a call',
  'Kore call': 'the function calls Kore.ai',
  'rows read': "the function reads the notification's rows",
  'bot row': 'the function notes that the bot has failures',
  'rows written': 'the function writes new rows',
  'final event row': 'the function records the final event',
  summary: 'the function writes the summary',
  'final event': 'Step Functions publishes the final event',
};

export function reliabilityParts(): Readonly<Record<string, string>> {
  return { 'faults by place': `\n${placeTable()}\n` };
}

export function reliabilityDetailsParts(): Readonly<Record<string, string>> {
  return {
    faults: `\n${faultTable(PLACES, EXPECTED, (end) => inWords(end))}\n`,
    'faults of campaigns': `\n${faultTable(CAMPAIGN_PLACES, EXPECTED_OF_CAMPAIGN, campaignEndInWords)}\n`,
    survivors: `\n${survivorTable()}\n`,
  };
}

/** A line for each place, with the worst of the ends that its faults have. */
function placeTable(): string {
  const rows = PLACES.map((place) => {
    const expected = Object.values(EXPECTED[place]);
    const passing = expected.flatMap(({ once, 'three times': threeTimes }) => [once, threeTimes]);
    const lasting = expected.flatMap(({ permanently, byChance = permanently }) => [permanently, byChance]);
    return `| ${place} | ${MEANING[place]} | ${worstInWords(passing)} | ${worstInWords(lasting)} |\n`;
  });
  return (
    '| where | what happens there | fault once or three times, at worst | permanent fault, at worst |\n' +
    `| --- | --- | --- | --- |\n${rows.join('')}`
  );
}

/** The worst of the ends, by the words of their events where several are equally bad: they differ in nothing else. */
function worstInWords(ends: readonly End[]): string {
  const most = Math.max(...ends.map(badness));
  const worst = ends.filter((end) => badness(end) === most);
  const events = [...new Set(worst.map(eventInWords))].join(' or ');
  return [...new Set(worst.map((end) => inWords(end, events)))].join('; or ');
}

/** By the event first (none, or of a tracking that failed), then by rows, summary, execution and repeats. */
function badness({ event, rows, summary, status, isRepeated = false }: End): number {
  const digits = [
    event === 'none' ? 2 : event === 'complete' ? 0 : 1,
    ['all', 'some', 'none'].indexOf(rows),
    ['complete', 'failed', 'none'].indexOf(summary),
    status === 'FAILED' ? 1 : 0,
    isRepeated ? 1 : 0,
  ];
  return digits.reduce((sum, digit) => 3 * sum + digit);
}

/** A line for each way in which each place can fail. */
function faultTable<P extends Place, E>(
  places: readonly P[],
  expected: Readonly<Record<P, Readonly<Partial<Record<Way, Expected<E>>>>>>,
  toWords: (end: E) => string,
): string {
  const head =
    '| where | fault | once or three times | permanently | shows |\n| --- | --- | --- | --- | --- |\n';
  const rows = places.flatMap((place) =>
    (Object.keys(WAYS) as Way[]).flatMap((way) => {
      const ends = expected[place][way];
      return ends === undefined ? [] : `| ${place} | ${way} | ${cellsOf(ends, toWords).join(' | ')} |\n`;
    }),
  );
  return `${head}${rows.join('')}`;
}

function cellsOf<E>(
  { once, permanently, byChance, shows }: Expected<E>,
  toWords: (end: E) => string,
): string[] {
  const lasting = [permanently, ...(byChance === undefined ? [] : [byChance])].map(toWords).join('; or ');
  return [toWords(once), lasting, shows ? `\`${shows}\`` : ''];
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

function inWords(end: End, event = eventInWords(end)): string {
  const { isRepeated, status, rows, summary } = end;
  const isWhole = end.event === 'complete' && rows === 'all' && summary === 'complete' && !isRepeated;
  if (isWhole) return 'complete';
  const parts = [
    event,
    isRepeated && 'the same event again',
    isRepeated && status === 'FAILED' && 'the execution FAILED',
    rows === 'all' ? 'all rows' : rows === 'some' ? 'those rows that DynamoDB took' : 'no rows',
    summary === 'none' && 'no summary',
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

/** Where the row and the event say the same, the event is enough. */
function campaignEndInWords({ event, isRepeated = false, status, row, ended }: CampaignEnd): string {
  if (event === 'complete' && !isRepeated) return event;
  const rows = { none: 'no row', running: 'the row of the other as it was' };
  const parts = [
    eventInWords({ event }),
    isRepeated && 'the same event again',
    isRepeated && status === 'FAILED' && 'the execution FAILED',
    row === 'none' || row === 'running' ? rows[row] : `${ended} of 3 in its row`,
  ];
  return parts.filter((part) => typeof part === 'string').join(', ');
}

function eventInWords({ event }: Pick<End, 'event'>): string {
  if (event === 'none') return '**no event**, the execution FAILED';
  return event === 'complete' ? event : `\`${event}\``;
}
