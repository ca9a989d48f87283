import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { secretServer } from '../../local/aws/secret-server.ts';
import { tableServer } from '../../local/aws/table-server.ts';
import { LOCAL_REGION } from '../../local/aws/template.ts';
import { deployment, koreThat, SECRET, STREAM_ID, says } from '../workflow/tracking-harness.ts';
import { HOSTILE_ANSWERS, type HostileAnswer } from './hostile-answers.ts';

/** One check in a process of its own, as Lambda gives it. */
async function checkOnce({ answer }: Pick<HostileAnswer, 'answer'>) {
  const { function: deployed, table, budgetTable, secretArn } = deployment();
  const [tables, secrets] = [await tableServer(table, budgetTable), await secretServer(secretArn, SECRET)];
  onTestFinished(async () => void (await Promise.all([tables.close(), secrets.close()])));
  const environment = {
    ...deployed.environment,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    KORE_HOST: await koreThat((_, response) => answer(response, '')),
  };
  const event = {
    execution: { id: 'arn', name: 'ds-1', startedAt: new Date().toISOString() },
    state: { requestId: 'ds-1', streamId: STREAM_ID },
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      `--max-old-space-size=${deployed.memoryMb}`,
      join(import.meta.dirname, 'one-check.ts'),
      join(deployed.assetPath, 'index.mjs'),
      JSON.stringify(event),
    ],
    { env: environment },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

it.each(['50 MB of JSON', 'a gzip bomb', 'two million empty objects in 8 MB'])(
  'stays under 200 MB for an answer with %s',
  async (name) => {
    const { result, peakMb } = await checkOnce(HOSTILE_ANSWERS[name] as HostileAnswer);

    console.log(`${name}: ${Math.round(peakMb)} MB at most`);
    expect(result.obstacle).toBe('KORE_ANSWER_INVALID');
    expect(peakMb).toBeLessThan(200);
  },
);

it('stays within the function’s memory for 20,000 logs', async () => {
  const logs = Array.from({ length: 20_000 }, (_, i) => ({
    _id: `nl-${i}`,
    originalId: `person.${i}@example.com`,
    channel: 'ivr',
    status: 'SUCCESS',
    comments: 'x'.repeat(200),
    createdOn: '2026-01-02T03:04:05.678Z',
  }));

  const { result, peakMb } = await checkOnce({ answer: (response) => says(response, 'SUCCESS', logs) });

  console.log(`20,000 logs: ${Math.round(peakMb)} MB at most`);
  // So many rows take about as long as a check has for them: what is left is written by the next.
  if (result.outcome === 'waiting') expect(result.obstacle).toBe('LOGS_NOT_SAVED');
  else expect(result.detail.data.counts.total).toBe(20_000);
  expect(peakMb).toBeLessThan(deployment().function.memoryMb);
});
