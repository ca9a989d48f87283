/** What the files of a folder import of the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');

/** Paths in the project, such as `cli/main.ts`. */
export interface Import {
  readonly file: string;
  readonly target: string;
}

export function importsIn(folder: string): Import[] {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts'))
    .toSorted()
    .flatMap((name) => {
      const file = join(PROJECT, folder, name);
      const targets = readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()'(\.[^']+)'/g);
      return [...targets].map(([, target = '']) => ({
        file: inProject(file),
        target: inProject(join(dirname(file), target)),
      }));
    });
}

function inProject(file: string): string {
  return relative(PROJECT, file).replaceAll(sep, '/');
}
