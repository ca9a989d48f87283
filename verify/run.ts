/**
 * Settles in an AWS account what only an account can settle: docs/verify.md.
 *
 *     npm run verify -- --profile name --region eu-central-1
 *     npm run verify -- --emulator        that the run itself works; nothing about AWS
 *     npm run verify -- --clean           what an interrupted run has left
 */
import { useEmulator } from '../emulator/ministack.ts';
import { startEmulator } from '../test/e2e/emulator.ts';
import { type Account, accountOf, accountsFor, refuseWithoutBootstrap } from './accounts.ts';
import { announcement, askedOnTerminal } from './announce.ts';
import { findLeftovers } from './clean.ts';
import { checkOptions, UsageError, type VerifyOptions, verifyCommand } from './options.ts';
import { EXIT, exitStatusOf } from './report/exit-status.ts';
import { masker } from './report/mask.ts';
import { reportLines } from './report/print-report.ts';
import { folderOf, writeReport } from './report/write-report.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { verify } from './verify.ts';
import { deployedPlace } from './world/deployed-place.ts';
import { newRunName } from './world/run-name.ts';

const PATIENCE_MS = { emulator: 150_000, aws: 20 * 60_000 };

const interruption = new AbortController();
const { signal: interrupted } = interruption;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interrupted.aborted)
      console.error('Still taking everything down; npm run verify -- --clean does it later.');
    interruption.abort();
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = error instanceof UsageError ? EXIT.wrongUsage : EXIT.differs;
  if (interrupted.aborted) process.exitCode = EXIT.interrupted;
  else console.error(error instanceof UsageError ? error.message : error);
}
// Requests of an interrupted scenario would keep the process alive.
process.exit();

async function main(): Promise<number> {
  const command = verifyCommand().parse(process.argv);
  const names = SCENARIOS.map(({ name }) => name);
  const options = checkOptions(command.opts<VerifyOptions>(), names);
  if (!options.emulator) return inAccount(options);
  const emulator = await startEmulator(() => {});
  try {
    useEmulator(emulator);
    const first = await accountOf({ region: emulator.environment.AWS_REGION ?? '' });
    return await runIn(first, undefined, options, newRunName(), emulator.environment);
  } finally {
    await emulator.stop();
  }
}

async function inAccount(options: VerifyOptions): Promise<number> {
  const { yes, clean } = options;
  const { first, second } = await accountsFor(options);
  if (clean !== false) return cleanUp(first, second, clean === true ? undefined : String(clean), yes);

  const runName = newRunName();
  const { accountId, callerArn, access } = first;
  const { region } = access;
  console.log(announcement({ runName, accountId, callerArn, region, secondAccountId: second?.accountId }));
  await refuseWithoutBootstrap(first);
  if (!yes && !(await askedOnTerminal('Go on?', interrupted))) return EXIT.asAssumed;
  return runIn(first, second, options, runName, { AWS_REGION: region });
}

/** @param environment leads the CDK CLI there, beside the profile of the first account. */
async function runIn(
  first: Account,
  second: Account | undefined,
  { emulator: isEmulator, out, only }: VerifyOptions,
  runName: string,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const { accountId, access } = first;
  const place = deployedPlace({ runName, isEmulator, accountId, access, second, environment });
  const scenarios = SCENARIOS.filter(({ name }) => only === undefined || only.includes(name));
  const report = await verify(place, scenarios, {
    interrupted,
    say: console.log,
    patienceMs: isEmulator ? PATIENCE_MS.emulator : PATIENCE_MS.aws,
  });
  const stands = {
    [accountId]: '123456789012',
    ...(second && { [second.accountId]: '210987654321' }),
    [runName]: 'delivery-tracker-verify-run',
    [runName.replaceAll('-', '')]: 'deliverytrackerverifyrun',
  };
  const mask = masker(stands, [first.callerArn, ...(second ? [second.callerArn] : [])]);
  const folder = out ?? folderOf(new Date(), isEmulator);
  if (report.scenarios.length > 0) writeReport(folder, report, mask);
  for (const line of reportLines(report, mask)) console.log(line);
  if (report.scenarios.length > 0)
    console.log(`What was seen is in ${folder}, without account ids and names of users.`);
  if (report.error !== undefined) console.error(report.error);
  return exitStatusOf(report);
}

async function cleanUp(
  first: Account,
  second: Account | undefined,
  wanted: string | undefined,
  yes: boolean,
): Promise<number> {
  const accounts = second === undefined ? [first] : [first, second];
  const found = await Promise.all(
    accounts.map(async ({ accountId, access }) => ({ accountId, ...(await findLeftovers(access, wanted)) })),
  );
  const some = found.filter(({ runs }) => runs.size > 0);
  if (some.length === 0) {
    console.log(`No run has left a stack in ${found.map(({ accountId }) => accountId).join(' and ')}.`);
    return EXIT.asAssumed;
  }
  for (const { accountId, runs } of some)
    for (const [run, stacks] of runs) console.log(`Account ${accountId}: ${run}: ${stacks.join(', ')}`);
  console.log('A run that is under way is among these, if there is one.');
  if (!yes && !(await askedOnTerminal('Delete them?', interrupted))) return EXIT.asAssumed;
  const left = await Promise.all(
    some.map(({ accountId, remove }) =>
      remove().catch(({ message }: Error) => [`perhaps stacks in account ${accountId}: ${message}`]),
    ),
  );
  console.log(left.flat().length === 0 ? 'Deleted.' : `LEFT BEHIND: ${left.flat().join(', ')}`);
  return left.flat().length === 0 ? EXIT.asAssumed : EXIT.differs;
}
