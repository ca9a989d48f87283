import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { secretServer } from '../../local/aws/secret-server.ts';
import { tableServer } from '../../local/aws/table-server.ts';
import { LOCAL_REGION } from '../../local/aws/template.ts';
import { deployment, koreThat, SECRET, STREAM_ID, says } from '../workflow/tracking-harness.ts';
import { HOSTILE_ANSWERS, type HostileAnswer } from './hostile-answers.ts';

/**
 * One check in a process of its own, as Lambda gives it.
 *
 * @param endpoint of the tables, in place of dynalite's.
 */
async function checkOnce({ answer }: Pick<HostileAnswer, 'answer'>, endpoint?: string) {
  const { function: deployed, table, budgetTable, secretArn } = deployment();
  const [tables, secrets] = [await tableServer(table, budgetTable), await secretServer(secretArn, SECRET)];
  onTestFinished(async () => void (await Promise.all([tables.close(), secrets.close()])));
  const environment = {
    ...deployed.environment,
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint ?? tables.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    KORE_HOST: await koreThat((_, response) => answer(response, '')),
  };
  const event = {
    execution: { id: 'arn', name: 'ds-1', startedAt: new Date().toISOString() },
    state: { requestId: 'ds-1', streamId: STREAM_ID },
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'one-check.ts'), join(deployed.assetPath, 'index.mjs'), JSON.stringify(event)],
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

it.each([
  ['empty objects', `[${'{},'.repeat(2_700_000)}{}]`],
  ['brackets', '['.repeat(8_000_000)],
  ['numbers', `[${'0,'.repeat(4_000_000)}0]`],
])('stays under 200 MB for an error with 8 MB of %s', async (what, body) => {
  const { result, peakMb } = await checkOnce({
    answer: (response) => void response.writeHead(503).end(body),
  });

  console.log(`an error with 8 MB of ${what}: ${Math.round(peakMb)} MB at most`);
  expect(result.obstacle).toBe('KORE_UNREACHABLE');
  expect(peakMb).toBeLessThan(200);
});

it('stays under 220 MB for 20,000 logs', async () => {
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
  // That many are more than one check can write where its share of a processor is small.
  expect(result.detail?.data.counts.total ?? result.obstacle).toBeOneOf([20_000, 'LOGS_NOT_SAVED']);
  expect(peakMb).toBeLessThan(220);
});

/** A table with so many rows of the notification, in pages of a megabyte, which takes whatever is written. */
async function tableOf(rows: number): Promise<string> {
  const page = 2_000;
  const item = (i: number) => ({
    requestId: { S: 'ds-1' },
    logId: { S: `nl-${i}` },
    recipient: { S: `person.${i}@example.com` },
    status: { S: 'SUCCESS' },
    createdOn: { S: '2026-01-02T03:04:05.678Z' },
    savedAt: { S: '2026-01-02T03:04:10.000Z' },
    expiresAt: { N: '1800000000' },
    log: {
      M: {
        _id: { S: `nl-${i}` },
        originalId: { S: `person.${i}@example.com` },
        channel: { S: 'ivr' },
        status: { S: 'SUCCESS' },
        comments: { S: 'Notification has been sent successfully' },
      },
    },
  });
  return koreThat(async (_, response, request) => {
    const { ExclusiveStartKey, ExpressionAttributeValues } = JSON.parse(await text(request));
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const start = Number(ExclusiveStartKey?.logId.S ?? 0);
    const end = Math.min(start + page, rows);
    const answers: Record<string, () => object> = {
      Query: () => ({
        Items: Array.from({ length: end - start }, (_, i) => item(start + i)),
        LastEvaluatedKey: end < rows ? { requestId: { S: 'ds-1' }, logId: { S: String(end) } } : undefined,
      }),
      UpdateItem: () => ({ Attributes: withoutColons(ExpressionAttributeValues) }),
    };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answers[operation ?? '']?.() ?? {}));
  });
}

/** What an update sets, where each value is named for its attribute. */
function withoutColons(values: object): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(1), value]));
}

it('stays under 200 MB where the table has 400,000 rows of the notification', async () => {
  const logs = Array.from({ length: 1_000 }, (_, i) => ({
    _id: `nl-${i * 400}`,
    originalId: `person.${i * 400}@example.com`,
    channel: 'ivr',
    status: 'FAILURE',
  }));
  const endpoint = await tableOf(400_000);

  const { result, peakMb } = await checkOnce(
    { answer: (response) => says(response, 'SUCCESS', logs) },
    endpoint,
  );

  console.log(`400,000 rows: ${Math.round(peakMb)} MB at most`);
  expect(result.detail.data.counts).toEqual({ total: 400_000, delivered: 399_000, failed: 1_000 });
  expect(peakMb).toBeLessThan(200);
});
