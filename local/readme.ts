/** The parts of the README that come from elsewhere, between `<!-- name -->` and `<!-- /name -->`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');
export const README = join(PROJECT, 'README.md');

/** Files that the README shows whole. */
const SHOWN_FILES = ['examples/campaign/start-tracking.ts', 'examples/campaign/campaign-stack.ts'];

/** The README with the diagram of the state machine as `flowchart` says and the example's files as they are. */
export function upToDateReadme(flowchart: string): string {
  const drawn = withPart(readFileSync(README, 'utf8'), 'diagram', 'mermaid', `${flowchart}\n`);
  return SHOWN_FILES.reduce(
    (readme, file) => withPart(readme, file, 'ts', readFileSync(join(PROJECT, file), 'utf8')),
    drawn,
  );
}

function withPart(readme: string, name: string, language: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, end] = [readme.indexOf(open) + open.length, readme.indexOf(close)];
  if (start < open.length || end < start) throw new Error(`README.md lacks ${open.trim()} … ${close}`);
  return `${readme.slice(0, start)}\`\`\`${language}\n${text}\`\`\`\n${readme.slice(end)}`;
}
