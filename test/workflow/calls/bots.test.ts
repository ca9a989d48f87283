/** Bots with a host, credentials or an API scope of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { expect, it, onTestFinished } from 'vitest';
import { parseCredentials } from '../../../contract/credentials.ts';
import type { BotProps } from '../../../lib/configuration/bot-props.ts';
import { DeliveryTrackerStack } from '../../../lib/delivery-tracker-stack.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type LocalAws, localAws } from '../../../local/aws/local-aws.ts';
import { jumpingClock } from '../../../local/clock.ts';
import {
  deployment,
  entry,
  koreThat,
  SECRET,
  STREAM_ID,
  says,
  simulator,
  trackAt,
} from '../tracking-harness.ts';

const OTHER_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:of-another-bot-AbCdEf';
const OTHER_SECRET = JSON.stringify({ clientId: 'cs-other', clientSecret: 'the-secret-of-another-bot' });

it('asks about a bot at its own host, with the token of its own secret, and about all others as ever', async () => {
  const clock = jumpingClock();
  const [kore, other] = [await simulator(clock), await simulator(clock)];
  other.accept(parseCredentials(OTHER_SECRET));
  const deployed = deploymentWith((scope) => ({
    'st-other': { host: other.origin, secret: Secret.fromSecretCompleteArn(scope, 'Other', OTHER_ARN) },
  }));
  const aws = await localAws(deployed, SECRET, clock, { KORE_HOST: kore.origin });
  onTestFinished(() => aws.close());
  aws.putSecret(OTHER_SECRET, OTHER_ARN);
  // Final before the first check.
  const delivery = { durationSeconds: 2, fails: () => false, fault: () => undefined };

  const trackings = [
    { host: kore, streamId: STREAM_ID },
    { host: other, streamId: 'st-other' },
    { host: kore, streamId: 'constructor' },
  ].map(({ host, streamId }) => {
    const requestId = `ds-of-${streamId}`;
    host.send({ requestId, streamId, recipients: 3, course: delivery });
    return aws.track({ name: requestId, input: { requestId, streamId } });
  });
  const ends = await Promise.all(trackings.map(({ ended }) => ended));

  for (const end of ends) expect(end).toMatchObject({ status: 'SUCCEEDED', output: { status: 'SUCCESS' } });
  expect(kore.answers).toEqual([200, 200]);
  expect(other.answers).toEqual([200]);
});

it('waits where the settings of bots cannot be read, and asks nobody for another bot', async () => {
  const kore = await answersAtOnce();
  const deployed = deploymentWith(() => ({ 'st-other': { apiScope: 'admin-console' } }));
  const [botsArn = ''] = Object.keys(deployed.secretTexts).filter((arn) => arn !== deployed.secretArn);

  const { checks } = await trackAt(kore, {
    deployment: deployed,
    prepare: (aws) => aws.putSecret({ refusal: 'AccessDeniedException' }, botsArn),
    afterCheck: (_, aws, check) => check === 1 && aws.putSecret(deployed.secretTexts[botsArn] ?? '', botsArn),
  });

  expect(checks).toMatchObject([{ obstacle: 'SECRET_UNREACHABLE' }, { outcome: 'complete' }]);
});

const answersAtOnce = () => koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));

it('counts the calls of the Admin Console scope by the client, whatever bots the inputs name', async () => {
  let aws: LocalAws | undefined;

  await trackAt(await answersAtOnce(), {
    environment: { API_SCOPE: 'admin-console' },
    prepare: (started) => {
      aws = started;
    },
  });

  expect(await stateFrom('cs-test', aws)).toHaveProperty('expiresAt');
  expect(await stateFrom(STREAM_ID, aws)).toBeUndefined();
});

/** What a stack deploys whose tracker has these bots. */
function deploymentWith(bots: (scope: Stack) => Record<string, BotProps>) {
  const outdir = mkdtempSync(join(tmpdir(), 'bots-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
  const tracker = { bots: bots(new Stack(app, 'Secrets')) };
  new DeliveryTrackerStack(app, 'WithBots', { tracker });
  app.synth();
  return readDeployment(outdir, 'WithBots');
}

/** The item that counts calls, by its key. */
async function stateFrom(bot: string, aws: LocalAws | undefined) {
  const { name: TableName } = deployment().budgetTable;
  return (await aws?.tables.send(new GetCommand({ TableName, Key: { bot } })))?.Item;
}
