import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..');
const manifestIn = (folder: string) =>
  JSON.parse(readFileSync(join(PROJECT, folder, 'package.json'), 'utf8'));
const { devDependencies, peerDependencies } = manifestIn('.');

it.each(readdirSync(join(PROJECT, 'examples')))(
  'examples/%s asks for what the project is tested with',
  (name) => {
    const example = manifestIn(`examples/${name}`);
    const asked = { ...example.dependencies, ...example.devDependencies };

    const ours: Record<string, string> = {
      ...devDependencies,
      'aws-cdk-lib': peerDependencies['aws-cdk-lib'],
      constructs: peerDependencies.constructs,
    };
    expect(asked).toEqual(Object.fromEntries(Object.keys(asked).map((one) => [one, ours[one]])));
  },
);
