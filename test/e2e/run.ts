/**
 * Deploys the stack into an emulator of AWS with the real CDK CLI and runs the scenarios there.
 *
 *     npm run e2e
 *     npm run e2e -- doctor    scenarios with this in their name, and whether their requests were allowed
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { parseCredentials } from '../../contract/credentials.ts';
import { bootstrap, deploy } from '../../emulator/cdk.ts';
import { useEmulator } from '../../emulator/ministack.ts';
import { InstallationError } from '../../emulator/python-environment.ts';
import { bundleCheckDelivery } from '../../lambdas/bundle.ts';
import { realClock } from '../../local/clock.ts';
import { koreSimulator } from '../../local/kore/simulator.ts';
import { attempt, type Result, report } from '../attempts.ts';
import { openAccount, type TrackerOutputs } from './account.ts';
import { CAMPAIGN } from './campaign.ts';
import { CLI_BATCH } from './cli/batch.ts';
import { CLI_CAMPAIGN } from './cli/campaign.ts';
import { CLI_CREDENTIALS } from './cli/credentials.ts';
import { DOCTOR } from './cli/doctor.ts';
import { DRILL } from './cli/drill.ts';
import { CLI_FORMS } from './cli/forms.ts';
import { CLI_LARGE_TABLE } from './cli/large-table.ts';
import { CLI_SCENARIOS } from './cli/scenarios.ts';
import { readDeployedStacks } from './deployed-stacks.ts';
import { startEmulator } from './emulator.ts';
import { makeOperators } from './iam/operators.ts';
import { requestRecord } from './iam/record.ts';
import { iamScenarios } from './iam/scenarios.ts';
import { installPythonPrograms } from './python.ts';
import {
  CONCURRENT_SCENARIOS,
  FIFTY_AT_ONCE,
  type Scenario,
  SECRET,
  SEQUENTIAL_SCENARIOS,
  type World,
} from './scenarios.ts';

/** A schedule that somebody can watch; the rest of the stack is as it is. */
const CONTEXT = {
  pace: 'prompt',
  floorSeconds: 1,
  capSeconds: 2,
  deadlineSeconds: 45,
  notFoundGraceSeconds: 6,
  // The emulator knows no saved queries (docs/emulator.md).
  savedQuery: 'false',
};
const CHANGED_CONTEXT = { ...CONTEXT, capSeconds: 3, retentionDays: 30 };
const CHANGED_CODE = [
  '--build',
  'npm run --silent bundle && echo "// changed" >> dist/check-delivery/index.mjs',
];
/** The emulator knows no alarms with metric math (docs/emulator.md). tsx finds for the example what it imports (tsconfig.json). */
const app = (file: string) => ['--app', `npx tsx --import ./emulator/without-math-alarms.ts ${file}`];
const TRACKER = app('bin/app.ts');
const EXAMPLE = [...app('examples/campaign/app.ts'), '--all'];

/** What the name of a scenario has to hold, while one is being written. */
const [ONLY = ''] = process.argv.slice(2);
const isWanted = ({ name }: { readonly name: string }) => name.includes(ONLY);

/** After all scenarios: every tracking that ended has ended in one event. */
const ONE_EVENT_EACH: Scenario = {
  name: 'one final event for each tracking',
  async run({ account }) {
    const counts = account.eventCounts();
    assert.deepEqual(new Set(counts.values()), new Set([1]));
    assert.ok(counts.size > 70);
  },
};

const cleanUp: (() => unknown)[] = [];
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
const interrupted = once(interruption.signal, 'abort').then(() => {
  throw new Error('interrupted');
});

try {
  await Promise.race([main(), interrupted]);
} catch (error) {
  console.error(error instanceof InstallationError ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const step of cleanUp.reverse()) await step();
}
// Requests of an interrupted scenario would keep the process alive.
process.exit();

async function main(): Promise<void> {
  await installPythonPrograms();
  const record = requestRecord();
  const emulator = await startEmulator(record.note);
  cleanUp.push(() => emulator.stop());
  useEmulator(emulator);
  const kore = await koreSimulator(parseCredentials(SECRET), realClock());
  cleanUp.push(() => kore.close());

  const host = { host: kore.origin };
  const surroundings = { environment: emulator.environment, signal: interruption.signal };
  console.log('cdk bootstrap, cdk deploy, cdk deploy of the example beside it …');
  await bootstrap(surroundings);
  await deploy(TRACKER, { ...CONTEXT, ...host }, surroundings);
  const outputs = await deploy(EXAMPLE, { ...CONTEXT, ...host }, surroundings);
  const names = await readDeployedStacks(Object.keys(outputs));
  await makeOperators(names, emulator.environment);
  const account = await openAccount(outputs.DeliveryTracker as unknown as TrackerOutputs);
  cleanUp.push(() => account.stopListening());
  const world: World = {
    account,
    kore,
    outputs,
    async redeploy() {
      cleanUp.push(() => bundleCheckDelivery());
      await deploy([...EXAMPLE, ...CHANGED_CODE], { ...CHANGED_CONTEXT, ...host }, surroundings);
    },
  };
  const results: Result[] = [];
  const run = async ({ name, run }: Scenario) => void results.push(await attempt(name, () => run(world)));
  const inTurn = async (scenarios: readonly Scenario[]) => {
    for (const scenario of scenarios) await run(scenario);
  };
  const atOnce = (scenarios: readonly Scenario[]) => Promise.all(scenarios.filter(isWanted).map(run));

  // The others need what it leaves in the secret.
  await run(CLI_CREDENTIALS);
  // Before others fail, since it tracks again all that did.
  await atOnce([DRILL]);
  const campaign = atOnce([CAMPAIGN]);
  await atOnce(CONCURRENT_SCENARIOS);
  await atOnce([FIFTY_AT_ONCE]);
  await campaign;
  await atOnce(CLI_SCENARIOS);
  await inTurn(
    [CLI_CAMPAIGN, CLI_FORMS, CLI_BATCH, CLI_LARGE_TABLE, DOCTOR, ...SEQUENTIAL_SCENARIOS].filter(isWanted),
  );
  const judges = iamScenarios(() => record.close(names));
  // What counts a whole run says nothing of a part.
  await inTurn(ONLY === '' ? [ONE_EVENT_EACH, ...judges] : judges.slice(0, 1));
  report(results);
}
