/** What must hold where there is no CDK: for consumers and operators, who have nothing but the package, and workloads. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Check, compile, type Surroundings } from './check.ts';
import { installedPackages, OWN_NAME } from './installation.ts';
import { run } from './program.ts';

const MODULES = {
  imports: ['module', (names: string) => `import ${names} from '${OWN_NAME}/client';`],
  requires: ['commonjs', (names: string) => `const ${names} = require('${OWN_NAME}/client');`],
} as const;

export const CONSUMER_CHECKS: readonly Check[] = [
  {
    name: 'has the package, nothing else',
    run({ folder }) {
      assert.deepEqual(installedPackages(folder), [OWN_NAME]);
    },
  },
  ...Object.entries(MODULES).map(([verb, [inputType, load]]) => ({
    name: `${verb} the client`,
    async run(surroundings: Surroundings) {
      const program = `${load('{ executionName }')} console.log(executionName('ds-1', 2));`;
      assert.equal(await evaluate(inputType, program, surroundings), 'ds-1--2\n');
    },
  })),
  {
    name: 'has the JSON Schemas',
    async run(surroundings) {
      const program = `const schema = require('${OWN_NAME}/schema/tracking-input.json');
        console.log(schema.type);`;
      assert.equal(await evaluate('commonjs', program, surroundings), 'object\n');
    },
  },
  {
    name: 'runs the command',
    async run({ folder, signal }) {
      const command = join('node_modules', '.bin', 'delivery-tracker');
      assert.match(
        await run(command, ['--help'], { cwd: folder.directory, signal }),
        /^Usage: npx delivery-tracker /,
      );
    },
  },
];

/** With an SDK of its own. */
export const WORKLOAD_CHECKS: readonly Check[] = [
  {
    name: 'has types, and refuses wrong ones',
    async run(surroundings) {
      await compile(['start.mts', 'start.cts'], surroundings);
    },
  },
  ...Object.entries(MODULES).map(([verb, [inputType, load]]) => ({
    name: `starts a tracking with its own SDK, if it ${verb} the client`,
    async run(surroundings: Surroundings) {
      const program = `${load('{ startTracking }')}
        const client = { send: async (command) => ({ executionArn: command.constructor.name }) };
        startTracking(client, 'arn', { requestId: 'ds-1' }).then(({ executionArn }) => console.log(executionArn));`;
      assert.equal(await evaluate(inputType, program, surroundings), 'StartExecutionCommand\n');
    },
  })),
  {
    name: 'starts a tracking where nothing can be imported, as in Jest',
    async run(surroundings) {
      const program = `const file = require.resolve('${OWN_NAME}/client');
        const code = require('node:fs').readFileSync(file, 'utf8');
        const fromThere = require('node:module').createRequire(file);
        const loaded = { exports: {} };
        const wrapper = \`(function (exports, require, module) {\${code}\\n})\`;
        require('node:vm').runInThisContext(wrapper)(loaded.exports, fromThere, loaded);
        const client = { send: async (command) => ({ executionArn: command.constructor.name }) };
        loaded.exports.startTracking(client, 'arn', { requestId: 'ds-1' })
          .then(({ executionArn }) => console.log(executionArn));`;
      assert.equal(await evaluate('commonjs', program, surroundings), 'StartExecutionCommand\n');
    },
  },
];

async function evaluate(
  inputType: 'module' | 'commonjs',
  program: string,
  { folder, signal }: Surroundings,
): Promise<string> {
  const args = ['--input-type', inputType, '--eval', program];
  return run(process.execPath, args, { cwd: folder.directory, signal });
}
