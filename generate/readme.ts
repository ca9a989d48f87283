/** The parts of the README that come from elsewhere, between `<!-- name -->` and `<!-- /name -->`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');
export const README = join(PROJECT, 'README.md');

/** Files that the README shows whole. */
const SHOWN_FILES = ['examples/quick-start/app.ts', 'examples/campaign/start-tracking.ts'];

/** Tables of docs/performance.md that the README quotes, by their sections, and the rows that it quotes of them. */
const QUOTED_TABLES: Readonly<Record<string, RegExp>> = {
  'campaigns: lognormal': /^\| 3,000 /,
  cost: /^\| [\d,]+ \|/,
};

/** The README with the diagram of the state machine as `flowchart` says, the example's files and the figures. */
export function upToDateReadme(flowchart: string): string {
  const parts: Readonly<Record<string, string>> = {
    diagram: fenced('mermaid', `${flowchart}\n`),
    ...Object.fromEntries(SHOWN_FILES.map((file) => [file, fenced('ts', asUsersWriteIt(read(file)))])),
    ...Object.fromEntries(
      Object.entries(QUOTED_TABLES).map(([section, rows]) => [section, quoted(section, rows)]),
    ),
  };
  return Object.entries(parts).reduce(
    (readme, [name, text]) => withPart(readme, name, text),
    readFileSync(README, 'utf8'),
  );
}

function read(file: string): string {
  return readFileSync(join(PROJECT, file), 'utf8');
}

/** Users import the package where the example, which lies beside it, imports files. */
function asUsersWriteIt(code: string): string {
  return code
    .replaceAll("'../../lib/index.ts'", "'notification-delivery-tracker'")
    .replaceAll("'../../client/index.ts'", "'notification-delivery-tracker/client'");
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

/** The table of a section, its head and the rows that match. */
function quoted(section: string, rows: RegExp): string {
  const [, after = ''] = read('docs/performance.md').split(`<!-- ${section} -->`);
  const [text = ''] = after.split(`<!-- end of ${section} -->`);
  const [head, line, ...body] = text.split('\n').filter((one) => one.startsWith('|'));
  return `\n${[head, line, ...body.filter((one) => rows.test(one))].join('\n')}\n\n`;
}

function withPart(readme: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [readme.indexOf(open) + open.length, readme.indexOf(close)];
  if (start < open.length || end < start) throw new Error(`README.md lacks ${open.trim()} … ${close}`);
  return `${readme.slice(0, start)}${text}${readme.slice(end)}`;
}
