/** What must hold of an example that was copied out of the project. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { run } from './program.ts';

export const EXAMPLE_CHECKS: readonly Check[] = [
  {
    name: 'synthesises as it is',
    async run({ folder, signal }) {
      const environment = { CI: 'true' };
      await run('npx', ['cdk', 'synth', '--quiet'], { cwd: folder.directory, signal, environment });

      const files = readdirSync(join(folder.directory, 'cdk.out'));
      assert.ok(files.some((file) => file.endsWith('.template.json')));
    },
  },
];
