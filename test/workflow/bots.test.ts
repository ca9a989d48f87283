/** Bots with a host, credentials or an API scope of their own. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import type { LocalAws } from '../../local/aws/local-aws.ts';
import { deployment, entry, koreThat, STREAM_ID, says, trackAt } from './tracking-harness.ts';

const answersAtOnce = () => koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));

it('counts the calls of the Admin Console scope by the client, whatever bots the inputs name', async () => {
  let aws: LocalAws | undefined;

  await trackAt(await answersAtOnce(), {
    environment: { API_SCOPE: 'admin-console' },
    prepare: (started) => {
      aws = started;
    },
  });

  expect(await ledgerOf('cs-test', aws)).toHaveProperty('expiresAt');
  expect(await ledgerOf(STREAM_ID, aws)).toBeUndefined();
});

/** The item that counts calls, by its key. */
async function ledgerOf(bot: string, aws: LocalAws | undefined) {
  const { name: TableName } = deployment().budgetTable;
  return (await aws?.tables.send(new GetCommand({ TableName, Key: { bot } })))?.Item;
}
