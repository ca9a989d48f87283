/** What must hold where the package is installed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedFunctions, packedFunctions, resources } from './assembly.ts';
import { type Folder, installedPackages } from './installation.ts';
import { attemptToRun, run } from './program.ts';

export interface Surroundings {
  readonly folder: Folder;
  readonly tarball: string;
  readonly signal: AbortSignal;
}

export interface Check {
  readonly name: string;
  run(surroundings: Surroundings): void | Promise<void>;
}

const NO_BUNDLER: Check = {
  name: 'comes without a bundler',
  run({ folder }) {
    const bundlers = installedPackages(folder).filter((name) => /esbuild|rolldown/.test(name));
    assert.deepEqual(bundlers, []);
  },
};

const NOTICES: Check = {
  name: 'comes with the licences of what is inside the functions',
  run({ folder }) {
    const file = join(
      folder.directory,
      'node_modules/notification-delivery-tracker/dist/THIRD-PARTY-NOTICES.txt',
    );
    const notices = readFileSync(file, 'utf8');
    for (const name of ['jose', 'zod', '@aws-sdk/client-dynamodb', '@aws-sdk/client-sfn'])
      assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
  },
};

/** In this order: each needs what the one before it wrote. */
export const APP_CHECKS: readonly Check[] = [
  NO_BUNDLER,
  NOTICES,
  {
    name: 'has types, and refuses wrong ones',
    async run({ folder, signal }) {
      const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
      const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--pretty', 'false'];
      const sources = ['app.ts', 'wrong-types.ts'];
      const { output } = await attemptToRun(process.execPath, [tsc, ...options, ...sources], {
        cwd: folder.directory,
        signal,
      });
      // Declarations of other packages are theirs to mend: some want a newer target, or the types of Node.js.
      const errors = output
        .split('\n')
        .filter((line) => /error TS/.test(line))
        .filter((line) => !/^node_modules\/(?!notification-delivery-tracker\/)/.test(line));
      assert.deepEqual(errors, []);
    },
  },
  {
    name: 'synthesises two trackers with a rule and a grant each',
    async run({ folder, signal }) {
      // As the CDK CLI runs an app.
      const environment = { CDK_OUTDIR: 'cdk.out' };
      await run(process.execPath, ['app.js'], { cwd: folder.directory, signal, environment });

      const ofType = (type: string) =>
        resources(folder, type).map(({ Properties }) => JSON.stringify(Properties));
      assert.equal(
        ofType('AWS::StepFunctions::StateMachine').length,
        2 * 3,
        'one for notifications, one for campaigns and a reporter each',
      );
      const rules = ofType('AWS::Events::Rule').filter((text) =>
        text.includes('Notification Tracking Failed'),
      );
      assert.equal(rules.length, 2 * 2, "the app's and the tracker's own each");
      const grants = ofType('AWS::IAM::Policy')
        .filter((text) => text.includes('"Users"'))
        .filter((text) => text.includes('states:StartExecution'));
      assert.equal(grants.length, 2);
    },
  },
  {
    name: 'deploys the functions that were packed',
    async run({ folder, tarball, signal }) {
      const packed = await packedFunctions(tarball, signal);
      const deployed = deployedFunctions(folder);
      assert.deepEqual(deployed.toSorted(), [...packed, ...packed].toSorted(), 'both for each tracker');
    },
  },
];

export const WORKLOAD_CHECKS: readonly Check[] = [
  NO_BUNDLER,
  {
    name: 'comes without the CDK',
    run({ folder }) {
      const cdk = installedPackages(folder).filter((name) => ['aws-cdk-lib', 'constructs'].includes(name));
      assert.deepEqual(cdk, []);
    },
  },
  {
    name: 'imports the client',
    async run(surroundings) {
      const program = `import { executionName } from 'notification-delivery-tracker/client';
        console.log(executionName('ds-1', 2));`;
      assert.equal(await evaluate('module', program, surroundings), 'ds-1--2\n');
    },
  },
  {
    name: 'requires the client',
    async run(surroundings) {
      const program = `const { executionName } = require('notification-delivery-tracker/client');
        console.log(executionName('ds-1', 2));`;
      assert.equal(await evaluate('commonjs', program, surroundings), 'ds-1--2\n');
    },
  },
  {
    name: 'has the JSON Schemas',
    async run(surroundings) {
      const program = `const schema = require('notification-delivery-tracker/schema/tracking-input.json');
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
        /^Usage: delivery-tracker /,
      );
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
