import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');

/** What each folder may import of the others. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  bin: ['lib', 'local', 'cli', 'lambdas', 'package.json'],
  cli: ['client', 'lambdas', 'lib/contract.ts', 'lib/tracker-description.ts'],
  local: ['lib', 'lambdas', 'cli/printable.ts'],
  lib: ['lambdas'],
  package: ['lambdas', 'package.json'],
  client: ['lib/contract.ts', 'lib/event-pattern.ts'],
  lambdas: ['lib/contract.ts'],
};

function importsOf(folder: string) {
  const files = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(PROJECT, folder, name);
      const imports = readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g);
      return [...imports].map(([, target = '']) => ({
        file: relative(PROJECT, file),
        target: relative(PROJECT, join(dirname(file), target)).replaceAll(sep, '/'),
      }));
    });
}

it.each(Object.keys(ALLOWED))('%s/ imports only what lies below it', (folder) => {
  const within = [folder, ...(ALLOWED[folder] ?? [])];

  const strays = importsOf(folder).filter(
    ({ target }) => !within.some((place) => target === place || target.startsWith(`${place}/`)),
  );

  expect(importsOf(folder).length).toBeGreaterThan(0);
  expect(strays).toEqual([]);
});
