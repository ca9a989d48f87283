/** The part of docs/performance.md that each benchmark writes: between its two comments, and its charts beside. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from './section.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
export const PAGE = join(DOCS, 'performance.md');

export async function writeSection(section: Section): Promise<void> {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${section.name} -->`, `<!-- end of ${section.name} -->`];
  const [before, rest] = page.split(`${begin}\n`);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`docs/performance.md has no place for "${section.name}"`);
  for (const chart of section.charts ?? []) {
    writeFileSync(join(DOCS, 'charts', `${chart.name}.svg`), await chart.svg());
  }
  writeFileSync(PAGE, `${before}${begin}\n${markdownOf(section)}\n${end}${after}`);
}

function markdownOf({ command, text, charts = [] }: Section): string {
  const images = charts.map(({ name, title }) => `![${title}](charts/${name}.svg)`);
  return ['```sh', command, '```', '', text, '', ...images.flatMap((image) => [image, ''])]
    .join('\n')
    .trimEnd();
}
