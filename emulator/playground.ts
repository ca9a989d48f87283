/** An emulator with the stack, the campaign example and a Kore.ai in it, as somebody finds them who wants to play. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseCredentials } from '../contract/credentials.ts';
import { realClock } from '../local/clock.ts';
import { KORE_WINDOWS } from '../local/kore/rate-limit.ts';
import { koreSimulator } from '../local/kore/simulator.ts';
import { closeServer, listenOnLoopback } from '../local/loopback.ts';
import { bootstrap, deploy } from './cdk.ts';
import {
  ACCOUNT,
  installMiniStack,
  type MiniStack,
  REGION,
  startMiniStack,
  useEmulator,
} from './ministack.ts';
import { CAMPAIGN, seededDelivery } from './seeded-deliveries.ts';

/** A schedule that somebody can watch. */
const CONTEXT = {
  pace: 'prompt',
  floorSeconds: 1,
  capSeconds: 2,
  deadlineSeconds: 120,
  notFoundGraceSeconds: 15,
  // The emulator knows no saved queries (docs/emulator.md).
  savedQuery: 'false',
};
/** The emulator knows no alarms with metric math (docs/emulator.md). */
const APP = ['--app', 'npx tsx --import ./emulator/without-math-alarms.ts examples/campaign/app.ts', '--all'];
/** Without an app, which would be synthesised to learn the account from it. */
const THE_ACCOUNT = [`aws://${ACCOUNT}/${REGION}`, '--app', ''];
/** A change set would be made and read for each stack, and nobody reads it. */
const AT_ONCE = ['--method', 'direct'];

export interface Surroundings {
  say(line: string): void;
  /** Is given what takes each part down again, before the next one is begun; to be called in reverse. */
  readonly cleanUp: (() => unknown)[];
  readonly interrupted: AbortSignal;
}

/** @throws InstallationError */
export async function startPlayground({ say, cleanUp, interrupted }: Surroundings): Promise<MiniStack> {
  await installMiniStack(say, interrupted);
  say('Starting the emulator and a simulator of Kore.ai …');
  const place = { host: '127.0.0.1', port: await freePort(), enforcePolicies: false };
  const emulator = await startMiniStack(place, interrupted);
  cleanUp.push(() => emulator.stop());
  useEmulator(emulator);
  const secret = JSON.stringify({ clientId: 'cs-emulator', clientSecret: randomUUID() });
  const kore = await koreSimulator(parseCredentials(secret), realClock(), KORE_WINDOWS, seededDelivery);
  cleanUp.push(() => kore.close());

  say('Deploying the stack and examples/campaign with the CDK …');
  // Validation of templates belongs to `cdk synth`.
  const environment = { ...emulator.environment, CDK_VALIDATION: 'false' };
  const surroundings = { environment, signal: interrupted };
  await bootstrap(surroundings, THE_ACCOUNT);
  const outputs = await deploy([...APP, ...AT_ONCE], { ...CONTEXT, host: kore.origin }, surroundings);

  say(`Putting the credentials into the secret, and tracking the campaign ${CAMPAIGN.campaignId} …`);
  await putSecret(outputs.DeliveryTracker?.SecretArn, secret, interrupted);
  await startCampaign(outputs.Campaign?.StartCampaignFunction, interrupted);
  return emulator;
}

async function putSecret(SecretId: string | undefined, SecretString: string, abortSignal: AbortSignal) {
  const command = new PutSecretValueCommand({ SecretId, SecretString });
  await new SecretsManagerClient().send(command, { abortSignal });
}

/** By the workload of the example. */
async function startCampaign(FunctionName: string | undefined, abortSignal: AbortSignal): Promise<void> {
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(CAMPAIGN) });
  const { FunctionError, Payload } = await new LambdaClient().send(command, { abortSignal });
  if (FunctionError === undefined) return;
  throw new Error(`The example's function failed: ${Payload?.transformToString()}`);
}

/** The emulator writes its port into the URLs of queues, so it must know it beforehand. */
async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listenOnLoopback(server));
  await closeServer(server);
  return Number(port);
}
