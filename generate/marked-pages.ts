/** The pages that have parts written from the code, between `<!-- name -->` and `<!-- /name -->`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowchartOf } from './diagram.ts';
import { fenced, withPart } from './marked-part.ts';
import { readmeParts } from './readme.ts';
import { reliabilityDetailsParts, reliabilityParts } from './reference/reliability.ts';
import { folderDiagram, roomDiagram } from './room-diagram.ts';

const PROJECT = join(import.meta.dirname, '..');

/**
 * Each page as it should be, by its path.
 *
 * @param definition of the state machine, Amazon States Language.
 */
export function markedPages(definition: string): ReadonlyMap<string, string> {
  const parts = {
    'README.md': readmeParts(),
    'docs/architecture.md': {
      diagram: fenced('mermaid', `${flowchartOf(definition)}\n`),
      folders: fenced('mermaid', `${folderDiagram()}\n`),
      rooms: fenced('mermaid', `${roomDiagram('lambdas/check-delivery')}\n`),
    },
    'docs/reliability.md': reliabilityParts(),
    'docs/reliability-details.md': reliabilityDetailsParts(),
  };
  return new Map(Object.entries(parts).map(([name, ofPage]) => pageWith(join(PROJECT, name), ofPage)));
}

function pageWith(path: string, parts: Readonly<Record<string, string>>): [string, string] {
  const page = readFileSync(path, 'utf8');
  return [path, Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), page)];
}
