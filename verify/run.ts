/**
 * Settles in an AWS account what only an account can settle: docs/verify.md.
 *
 *     npm run verify -- --profile name --region eu-central-1
 *     npm run verify -- --emulator        that the run itself works; nothing about AWS
 *     npm run verify -- --clean           what an interrupted run has left
 */
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startEmulator } from '../test/e2e/emulator.ts';
import { announcement, askedOnTerminal } from './announce.ts';
import { findLeftovers } from './clean.ts';
import { checkOptions, UsageError, type VerifyOptions, verifyCommand } from './options.ts';
import { masker } from './report/mask.ts';
import { reportLines } from './report/print-report.ts';
import { writeReport } from './report/write-report.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { type Report, verify } from './verify.ts';
import { type AwsAccess, awsClients } from './world/aws-clients.ts';
import { deployedPlace } from './world/deployed-place.ts';
import { newRunName } from './world/run-name.ts';

const EXIT = { asAssumed: 0, differs: 1, wrongUsage: 2, interrupted: 130 };
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
    Object.assign(process.env, emulator.environment);
    const access = { region: emulator.environment.AWS_REGION ?? '' };
    return await runIn(access, options, newRunName(), emulator.environment);
  } finally {
    await emulator.stop();
  }
}

async function inAccount(options: VerifyOptions): Promise<number> {
  const { profile, secondProfile, yes, clean } = options;
  const region = await regionFor(options);
  const access: AwsAccess = { region, profile };
  const { accountId, callerArn } = await identity(access);
  if (clean !== false) return cleanUp(access, clean === true ? undefined : String(clean), yes);

  const runName = newRunName();
  const second = secondProfile === undefined ? undefined : { region, profile: secondProfile };
  const secondAccountId = second && (await identity(second)).accountId;
  console.log(announcement({ runName, accountId, callerArn, region, secondAccountId }));
  await refuseWithoutBootstrap(access, accountId);
  if (!yes && !(await askedOnTerminal('Go on?', interrupted))) return EXIT.asAssumed;
  const environment = { AWS_REGION: region, ...(profile !== undefined && { AWS_PROFILE: profile }) };
  return runIn(
    access,
    options,
    runName,
    environment,
    second && { accountId: secondAccountId ?? '', access: second },
  );
}

async function runIn(
  access: AwsAccess,
  { emulator: isEmulator, out, only }: VerifyOptions,
  runName: string,
  environment: Readonly<Record<string, string>>,
  second?: { readonly accountId: string; readonly access: AwsAccess },
): Promise<number> {
  const { accountId } = await identity(access);
  const place = deployedPlace({ runName, isEmulator, access, second, environment });
  const scenarios = SCENARIOS.filter(({ name }) => only === undefined || only.includes(name));
  const report = await verify(place, scenarios, {
    interrupted,
    say: console.log,
    patienceMs: isEmulator ? PATIENCE_MS.emulator : PATIENCE_MS.aws,
  });
  const mask = masker({
    [accountId]: '123456789012',
    ...(second && { [second.accountId]: '210987654321' }),
    [runName]: 'delivery-tracker-verify-run',
    [runName.replaceAll('-', '')]: 'deliverytrackerverifyrun',
  });
  const today = new Date().toISOString().slice(0, 10);
  const folder = out ?? `${isEmulator ? 'dist/' : ''}verify-results/${today}`;
  if (report.scenarios.length > 0) writeReport(folder, report, mask);
  for (const line of reportLines(report, mask)) console.log(line);
  if (report.scenarios.length > 0) console.log(`What was seen is in ${folder}, without account ids.`);
  if (report.error !== undefined) console.error(report.error);
  return exitStatusOf(report);
}

function exitStatusOf({ isInterrupted, left, error, scenarios }: Report): number {
  if (isInterrupted) return EXIT.interrupted;
  const isBad = scenarios.some(
    (one) => one.error !== undefined || one.findings.some(({ verdict }) => verdict === 'differs'),
  );
  return isBad || left.length > 0 || error !== undefined ? EXIT.differs : EXIT.asAssumed;
}

async function cleanUp(access: AwsAccess, wanted: string | undefined, yes: boolean): Promise<number> {
  const { runs, remove } = await findLeftovers(access, wanted);
  if (runs.size === 0) {
    console.log('No run has left a stack.');
    return EXIT.asAssumed;
  }
  for (const [run, stacks] of runs) console.log(`${run}: ${stacks.join(', ')}`);
  console.log('A run that is under way is among these, if there is one.');
  if (!yes && !(await askedOnTerminal('Delete them?', interrupted))) return EXIT.asAssumed;
  const left = await remove();
  console.log(left.length === 0 ? 'Deleted.' : `LEFT BEHIND: ${left.join(', ')}`);
  return left.length === 0 ? EXIT.asAssumed : EXIT.differs;
}

/** @throws UsageError where neither option nor configuration names one. */
async function regionFor({ region, profile }: VerifyOptions): Promise<string> {
  if (region !== undefined) return region;
  try {
    return await new STSClient({ ...(profile !== undefined && { profile }) }).config.region();
  } catch {
    throw new UsageError('Which region? Give --region.');
  }
}

async function identity(access: AwsAccess): Promise<{ accountId: string; callerArn: string }> {
  const { Account = '', Arn = '' } = await awsClients(access).sts.send(new GetCallerIdentityCommand());
  return { accountId: Account, callerArn: Arn };
}

async function refuseWithoutBootstrap(access: AwsAccess, accountId: string): Promise<void> {
  const describe = new DescribeStacksCommand({ StackName: 'CDKToolkit' });
  await awsClients(access)
    .cloudFormation.send(describe)
    .catch((error) => {
      if (error.name !== 'ValidationError') throw error;
      const target = `aws://${accountId}/${access.region}`;
      throw new UsageError(`The CDK is not bootstrapped there. Run npx cdk bootstrap ${target} first.`);
    });
}
