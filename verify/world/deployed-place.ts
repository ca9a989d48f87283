/** An account, or its emulator, as the place of a run: deploys with the CDK CLI, and takes all of the run down again. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { bootstrap, deploy, type Outputs } from '../../emulator/cdk.ts';
import { koreOnLoopback } from '../kore/on-loopback.ts';
import type { Place } from '../verify.ts';
import { type AwsAccess, type AwsClients, awsClients } from './aws-clients.ts';
import { setEnvironment } from './function-environment.ts';
import { leftoversOf } from './leftovers.ts';
import { trackerFrom } from './outputs.ts';
import { type Stacks, stacksOf } from './stacks.ts';
import { trackingsIn } from './trackings.ts';
import { untilIn } from './until.ts';
import { type Witness, witnessOf } from './witness.ts';
import type { World } from './world.ts';

export interface PlaceProps {
  readonly runName: string;
  readonly isEmulator: boolean;
  /** That was announced: stacks are for no other. */
  readonly accountId: string;
  readonly access: AwsAccess;
  readonly second?: { readonly accountId: string; readonly access: AwsAccess } | undefined;
  /** Variables that lead the CDK there. */
  readonly environment: Readonly<Record<string, string>>;
}

const APP = 'verify/stack/app.ts';
/** The emulator knows no alarms with metric math (docs/emulator.md). */
const EMULATED_APP = `--import ./emulator/without-math-alarms.ts ${APP}`;
/** What was asked of CloudFormation when the run was interrupted has been begun by then. */
const GONE_WITHIN_SECONDS = 90;
const SETTLED_AFTER_MS = { emulator: 500, aws: 5_000 };

export function deployedPlace(props: PlaceProps): Place {
  const { runName, isEmulator, accountId, access, second, environment } = props;
  const aws = awsClients(access);
  const secondAws = second && awsClients(second.access);
  const ended = new AbortController();
  const everyMs = isEmulator ? 300 : 3_000;
  const closing: (() => unknown)[] = [];
  const commands = new Set<Promise<unknown>>();
  const credentials = JSON.stringify({ clientId: 'cs-verify', clientSecret: randomUUID() + randomUUID() });

  const stacksWith = ({ cloudFormation }: AwsClients): Stacks =>
    stacksOf(runName, cloudFormation, ended.signal, untilIn(new AbortController().signal, everyMs));
  const stacks = stacksWith(aws);
  const allStacks = [stacks, ...(secondAws ? [stacksWith(secondAws)] : [])];

  function cdk<T>(command: (surroundings: Parameters<typeof bootstrap>[0]) => Promise<T>): Promise<T> {
    const surroundings = { environment, profile: access.profile, signal: ended.signal };
    const running = command(surroundings);
    commands.add(running);
    return running;
  }

  const deployApp = (wanted: readonly string[], told: Readonly<Record<string, string>>): Promise<Outputs> => {
    const place = isEmulator ? {} : { account: accountId, region: access.region };
    const context = Object.entries({ run: runName, ...place, ...told }).flatMap(([key, value]) => [
      ...['--context', `verify:${key}=${value}`],
    ]);
    return cdk((surroundings) =>
      deploy(['--app', `node ${isEmulator ? EMULATED_APP : APP}`, ...context, ...wanted], {}, surroundings),
    );
  };

  async function deployTrackers(isChanged: boolean, host: string): Promise<Outputs> {
    return deployApp(isEmulator ? ['--all'] : ['Trackers', '--exclusively'], {
      host,
      isChanged: String(isChanged),
      isEmulated: String(isEmulator),
      ...(second && { secondAccount: second.accountId }),
    });
  }

  async function hostOfKore(): Promise<string> {
    if (isEmulator) {
      await cdk(bootstrap);
      const { origin, close } = await koreOnLoopback(credentials);
      closing.push(close);
      return origin;
    }
    const { [`${runName}-kore`]: kore } = await deployApp(['Kore'], {});
    const until = untilIn(ended.signal, everyMs);
    await setEnvironment(aws.lambda, kore?.FunctionName ?? '', { CREDENTIALS: credentials }, until);
    return new URL(kore?.Url ?? '').origin;
  }

  async function list(): Promise<string[]> {
    const accounts = [aws, ...(secondAws ? [secondAws] : [])];
    const [stacksLeft, others] = await Promise.all([
      Promise.all(allStacks.map(stackNamesIn)),
      Promise.all(accounts.map((one) => leftoversOf(runName, one))),
    ]);
    return [...stacksLeft.flat(), ...others.flat()];
  }

  return {
    name: runName,
    isEmulator,
    list,
    async deploy(interrupted) {
      interrupted.addEventListener('abort', () => ended.abort());
      interrupted.throwIfAborted();
      const host = await hostOfKore();
      const deployed = await deployTrackers(false, host);
      const outputs = deployed[`${runName}-trackers`] ?? {};
      const put = { SecretId: outputs.SecretArn, SecretString: credentials };
      await aws.secretsManager.send(new PutSecretValueCommand(put));
      const witness: Witness = witnessOf(outputs.WitnessUrl ?? '', aws.sqs);
      closing.push(() => witness.close());
      const stack = (await stacks.list()).find(({ StackName }) => StackName === `${runName}-trackers`);
      const world: World = {
        place: { name: runName, isEmulator },
        region: access.region,
        aws,
        tracker: trackerFrom(outputs, 'Tracker'),
        brief: trackerFrom(outputs, 'Brief'),
        ruleArns: { probe: outputs.TrackerProbeRuleArn ?? '', witness: outputs.WitnessRuleArn ?? '' },
        probeName: outputs.ProbeName ?? '',
        stack: { status: stack?.StackStatus ?? 'not there', resources: await stacks.count('trackers') },
        stacks,
        trackings: trackingsIn(aws.sfn),
        witness,
        until: untilIn(ended.signal, everyMs),
        pause: (seconds) => sleep(seconds * 1000, undefined, { signal: ended.signal }),
        ...(second &&
          secondAws && {
            second: { accountId: second.accountId, aws: secondAws, stacks: allStacks[1] ?? stacks },
          }),
        redeploy: async () => void (await deployTrackers(true, host)),
      };
      return world;
    },
    async takeDown() {
      ended.abort();
      await Promise.allSettled(commands);
      await sleep(isEmulator ? SETTLED_AFTER_MS.emulator : SETTLED_AFTER_MS.aws);
      // Each on its own: neither what cannot be closed nor one account keeps the rest from being deleted.
      await Promise.allSettled(closing.map(async (close) => close()));
      const left = await Promise.all(
        allStacks.map((one) => one.deleteAll().catch((error) => [`perhaps stacks: ${messageOf(error)}`])),
      );
      // A queue is listed for a minute after its deletion (AWS docs, DeleteQueue).
      await untilIn(new AbortController().signal, everyMs)('all is gone', GONE_WITHIN_SECONDS, async () => {
        return (await list()).length === 0;
      }).catch(() => {});
      if (left.flat().length > 0) throw new Error(`CloudFormation left ${left.flat().join(', ')}`);
    },
  };
}

async function stackNamesIn(stacks: Stacks): Promise<string[]> {
  try {
    return (await stacks.list()).map(({ StackName }) => `stack ${StackName}`);
  } catch (error) {
    return [`perhaps stacks: they could not be listed (${messageOf(error)})`];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
