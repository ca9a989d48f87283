/** The parts of the README that come from elsewhere: the examples' files and the figures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fenced } from './marked-part.ts';

const PROJECT = join(import.meta.dirname, '..');
const AT_A_GLANCE = 'at a glance';

/** Files that the README shows whole. */
const SHOWN_FILES = ['examples/quick-start/app.ts', 'examples/campaign/start-campaign.ts'];

export function readmeParts(): Readonly<Record<string, string>> {
  return {
    [AT_A_GLANCE]: atAGlance(),
    ...Object.fromEntries(SHOWN_FILES.map((file) => [file, fenced('ts', read(file))])),
  };
}

function read(file: string): string {
  return readFileSync(join(PROJECT, file), 'utf8');
}

/** The figures that docs/performance.md begins with. */
function atAGlance(): string {
  const [, text = ''] = read('docs/performance.md').split(`<!-- ${AT_A_GLANCE} -->\n`);
  const [figures = ''] = text.split(`<!-- /${AT_A_GLANCE} -->`);
  return figures.replaceAll('](#', '](docs/performance.md#').replaceAll('](cost.md', '](docs/cost.md');
}
