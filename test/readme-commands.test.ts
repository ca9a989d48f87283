/** No command stands in the README that nobody runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');

/** Where each command of the README is run, by how it begins: a file, and what stands there. */
const RUN_BY: Readonly<Record<string, readonly [file: string, ...texts: string[]]>> = {
  'npm ci && npm start': ['.ci/run', 'npm ci', 'npm start'],
  'npm start -- --campaign': ['test/local/command-line.test.ts', "'--campaign'"],
  'npm ci && npm test': ['.ci/run', 'npm ci', 'npm test'],
  'npm start -- --scenario outage': ['.ci/run', '--scenario outage'],
  'npm start -- --scenario slow --deadline-seconds': [
    'test/local/command-line.test.ts',
    "'--scenario', 'slow', '--deadline-seconds'",
  ],
  'npm start --silent -- --json': ['.ci/run', 'npm start --silent -- --json'],
  'npm start -- --host': [
    'test/local/command-line.test.ts',
    "'--host'",
    "'--stream-id'",
    "'--request-id'",
    "'--secret-file'",
  ],
  'npm ci && npm run emulator': ['test/emulator/played.ts', "['run', 'emulator']"],
  '. dist/emulator.env && npm run --silent delivery-tracker -- start ds-partial': [
    'emulator/run.ts',
    'start ds-partial',
    '--watch',
  ],
  'npx cdk bootstrap': ['emulator/cdk.ts', "['bootstrap'"],
  'npx cdk deploy': ['emulator/cdk.ts', "['deploy'"],
  'npm run --silent delivery-tracker -- credentials set': [
    'test/e2e/cli/credentials.ts',
    "'credentials'",
    "'set'",
  ],
  'npm run --silent delivery-tracker -- start': ['test/e2e/cli/scenarios.ts', "'start'", "'--watch'"],
  'npm run --silent delivery-tracker -- credentials check': [
    'test/e2e/cli/credentials.ts',
    "'check'",
    "'--call'",
    "'--stream-id'",
  ],
  'npm ci && npm pack': ['test/package/installation.ts', "'pack'"],
  'cp -r examples/quick-start': ['test/package/installation.ts', 'cpSync(source'],
  'npm install ../notification-delivery-tracker-0.2.0.tgz': ['test/package/installation.ts', "'install'"],
  'npx cdk synth': ['test/package/example-checks.ts', "['cdk', 'synth'"],
  'npx delivery-tracker doctor': ['test/e2e/cli/doctor.ts', "'doctor'"],
  'npx delivery-tracker start ds-': ['test/e2e/cli/scenarios.ts', "'start'", "'--watch'", "'--recipients'"],
  'npx delivery-tracker logs': ['test/cli/trackings/logs.test.ts', "'logs'"],
  'npx delivery-tracker dead-letters list': ['test/cli/dead-letters/list.test.ts', "'dead-letters', 'list'"],
  'npx delivery-tracker show': ['test/e2e/cli/scenarios.ts', "'show'"],
  'npx delivery-tracker recipient': ['test/e2e/cli/scenarios.ts', "'recipient'"],
  'npx delivery-tracker failures --since': ['test/e2e/cli/scenarios.ts', "'failures'", "'--since'"],
  'npx delivery-tracker list --running': ['test/e2e/cli/scenarios.ts', "'list'", "'--running'"],
  'npx delivery-tracker campaign': ['test/e2e/cli/campaign.ts', "['campaign'"],
  'npx delivery-tracker report': ['test/e2e/cli/campaign.ts', "'report'", "'--out'"],
  'npx delivery-tracker retrack': ['test/e2e/cli/scenarios.ts', "'retrack'"],
  'npx delivery-tracker pause': ['test/e2e/cli/scenarios.ts', "'pause'"],
  'npx delivery-tracker forget': ['test/e2e/cli/scenarios.ts', "'forget'"],
};

const commands = [...read('README.md').matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  .map((line) => line.replace(/ +#.*/, '').trim())
  .filter((line) => line !== '');

it.each(commands)('somebody runs: %s', (command) => {
  expect(Object.keys(RUN_BY).filter((beginning) => command.startsWith(beginning))).toHaveLength(1);
});

describe.each(Object.entries(RUN_BY))('%s', (beginning, [file, ...texts]) => {
  it('is in the README, and in what runs it', () => {
    expect(commands.filter((command) => command.startsWith(beginning))).not.toEqual([]);
    expect(texts.filter((text) => !read(file).includes(text))).toEqual([]);
  });
});
