/** A check of the largest campaign, in a process of its own, as Lambda gives it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { LOCAL_REGION } from '../../local/aws/template.ts';
import { deployment, koreThat } from '../workflow/tracking-harness.ts';

/** As many as a campaign may have. */
const NOTIFICATIONS = 100_000;
const SUMMARIES = 95_000;
const EXECUTIONS = 20_000;
/** As large as DynamoDB's megabyte has them, and as AWS's limit for a list. */
const [SUMMARIES_IN_PAGE, EXECUTIONS_IN_PAGE] = [5_000, 1_000];

type Asked = Readonly<Record<string, unknown>>;

const keyOf = (i: number) => ({ requestId: { S: String(i) }, logId: { S: '#summary' } });
const summary = (i: number) => ({
  requestId: { S: `ds-${i}` },
  outcome: { S: 'complete' },
  counts: { M: { total: { N: '10' }, delivered: { N: '9' }, failed: { N: '1' } } },
  completedAt: { S: '2026-01-02T03:04:05.678Z' },
  expiresAt: { N: '4000000000' },
});
const range = <T>(from: number, to: number, one: (i: number) => T) =>
  Array.from({ length: to - from }, (_, i) => one(from + i));

function query({ ExclusiveStartKey }: Asked) {
  const from = Number((ExclusiveStartKey as ReturnType<typeof keyOf> | undefined)?.requestId.S ?? 0);
  const to = from + SUMMARIES_IN_PAGE;
  return { Items: range(from, to, summary), ...(to < SUMMARIES && { LastEvaluatedKey: keyOf(to) }) };
}

/** The final events of trackings that belong to another campaign. */
function batchGetItem({ RequestItems }: Asked) {
  const responses = Object.entries(RequestItems as Record<string, { Keys: { requestId: { S: string } }[] }>);
  const rowOf = ({ requestId }: { requestId: { S: string } }) => {
    const detail = {
      metadata: { id: requestId.S, version: '1', campaignId: 'autumn' },
      data: { requestId: requestId.S, channels: Array(20).fill('whatsapp') },
    };
    return { requestId, outcome: { S: 'complete' }, detail: { S: JSON.stringify(detail) } };
  };
  return {
    Responses: Object.fromEntries(responses.map(([table, { Keys }]) => [table, Keys.map(rowOf)])),
    UnprocessedKeys: {},
  };
}

function listExecutions({ nextToken = '0', stateMachineArn }: Asked) {
  const from = Number(nextToken);
  const to = from + EXECUTIONS_IN_PAGE;
  const execution = (i: number) => ({
    executionArn: `${String(stateMachineArn).replace('stateMachine', 'execution')}:other-${i}`,
    stateMachineArn,
    name: `other-${i}`,
    status: 'SUCCEEDED',
    startDate: Date.now() / 1000,
  });
  return { executions: range(from, to, execution), ...(to < EXECUTIONS && { nextToken: String(to) }) };
}

const ANSWERS: Readonly<Record<string, (asked: Asked) => object>> = {
  Query: query,
  BatchGetItem: batchGetItem,
  ListExecutions: listExecutions,
};

it('stays under 200 MB for 95,000 summaries, and 20,000 executions to ask at the end', async () => {
  const { campaignFunction } = deployment();
  const asked: Record<string, number> = {};
  const endpoint = await koreThat(async (_, response, request) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    asked[operation] = (asked[operation] ?? 0) + 1;
    const answer = ANSWERS[operation]?.(JSON.parse(await text(request))) ?? {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
  const input = { campaignId: 'spring', notifications: NOTIFICATIONS, deadlineSeconds: 3_600 };
  // In the five minutes before its last end, with some notifications too few.
  const event = {
    execution: { id: 'arn', name: 'spring', startedAt: new Date(Date.now() - 7_000_000).toISOString() },
    input,
    state: { outcome: 'waiting', campaign: input, checks: 7 },
  };

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(import.meta.dirname, 'one-check.ts'),
      join(campaignFunction.assetPath, 'index.mjs'),
      JSON.stringify(event),
    ],
    {
      env: {
        ...campaignFunction.environment,
        AWS_REGION: LOCAL_REGION,
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_ENDPOINT_URL_SFN: endpoint,
      },
    },
  );
  const { result, peakMb } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

  console.log(`95,000 summaries, 20,000 executions: ${Math.round(peakMb)} MB at most`);
  expect(result).toMatchObject({ outcome: 'waiting', isSwept: true });
  expect(asked).toMatchObject({ Query: (2 * SUMMARIES) / SUMMARIES_IN_PAGE, BatchGetItem: EXECUTIONS / 100 });
  expect(peakMb).toBeLessThan(200);
});
