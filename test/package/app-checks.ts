/** What must hold in an app that has the construct alone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployedFunctions, packedFunctions, resources } from './assembly.ts';
import { type Check, compile } from './check.ts';
import { broughtByTheCdk, installedPackages, OWN_NAME } from './installation.ts';
import { run } from './program.ts';

/** In this order: each needs what the one before it wrote. */
export const APP_CHECKS: readonly Check[] = [
  {
    name: 'has aws-cdk-lib, constructs and this package, nothing else',
    run({ folder }) {
      const expected = ['aws-cdk-lib', 'constructs', OWN_NAME, ...broughtByTheCdk(folder)];
      assert.deepEqual(installedPackages(folder), expected.toSorted());
    },
  },
  {
    name: 'has the licences of what is inside the package',
    run({ folder }) {
      const file = join(folder.directory, 'node_modules', OWN_NAME, 'dist/THIRD-PARTY-NOTICES.txt');
      const notices = readFileSync(file, 'utf8');
      for (const name of ['jose', 'zod', '@aws-sdk/client-dynamodb', 'commander'])
        assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
    },
  },
  {
    name: 'has types, and refuses wrong ones',
    async run(surroundings) {
      await compile(['app.ts', 'wrong-props.ts'], surroundings);
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
