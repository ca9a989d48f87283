/** Bots with a host, credentials or an API scope of their own. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { parseCredentials } from '../../contract/credentials.ts';
import { type LocalAws, localAws } from '../../local/aws/local-aws.ts';
import { secretServer } from '../../local/aws/secret-server.ts';
import { jumpingClock } from '../../local/clock.ts';
import {
  deployment,
  entry,
  koreThat,
  SECRET,
  STREAM_ID,
  says,
  simulator,
  trackAt,
} from './tracking-harness.ts';

const OTHER_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:of-another-bot';
const OTHER_SECRET = JSON.stringify({ clientId: 'cs-other', clientSecret: 'the-secret-of-another-bot' });

it('asks about a bot at its own host, with the token of its own secret, and about all others as ever', async () => {
  const clock = jumpingClock();
  const [kore, other] = [await simulator(clock), await simulator(clock)];
  other.accept(parseCredentials(OTHER_SECRET));
  const secrets = await secretServer(deployment().secretArn, SECRET);
  onTestFinished(() => secrets.close());
  secrets.put(OTHER_SECRET, OTHER_ARN);
  const aws = await localAws(deployment(), SECRET, clock, {
    KORE_HOST: kore.origin,
    BOTS: JSON.stringify({ 'st-other': { host: other.origin, secretArn: OTHER_ARN } }),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
  });
  onTestFinished(() => aws.close());
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

/** The item that counts calls, by its key. */
async function stateFrom(bot: string, aws: LocalAws | undefined) {
  const { name: TableName } = deployment().budgetTable;
  return (await aws?.tables.send(new GetCommand({ TableName, Key: { bot } })))?.Item;
}
