/** The parts of the README that come from elsewhere: the state machine's diagram, the example's files and the figures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowchartOf } from './diagram.ts';
import { fenced } from './marked-part.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Files that the README shows whole. */
const SHOWN_FILES = ['examples/quick-start/app.ts', 'examples/campaign/start-campaign.ts'];

/** Tables of docs/performance.md that the README quotes, by their sections, and the rows that it quotes of them. */
const QUOTED_TABLES: Readonly<Record<string, RegExp>> = {
  'campaigns: lognormal': /^\| 3,000 /,
  'bound: paces': /^\| lognormal \| [a-z]+ \|/,
  cost: /^\| [\d,]+ \| (nothing|deliveries of all kinds) \|/,
};

/** @param definition of the state machine, Amazon States Language. */
export function readmeParts(definition: string): Readonly<Record<string, string>> {
  return {
    diagram: fenced('mermaid', `${flowchartOf(definition)}\n`),
    ...Object.fromEntries(SHOWN_FILES.map((file) => [file, fenced('ts', read(file))])),
    ...Object.fromEntries(
      Object.entries(QUOTED_TABLES).map(([section, rows]) => [section, quoted(section, rows)]),
    ),
  };
}

function read(file: string): string {
  return readFileSync(join(PROJECT, file), 'utf8');
}

/** The table of a section, its head and the rows that match. */
function quoted(section: string, rows: RegExp): string {
  const [, after = ''] = read('docs/performance.md').split(`<!-- ${section} -->`);
  const [text = ''] = after.split(`<!-- end of ${section} -->`);
  const [head, line, ...body] = text.split('\n').filter((one) => one.startsWith('|'));
  return `\n${[head, line, ...body.filter((one) => rows.test(one))].join('\n')}\n\n`;
}
