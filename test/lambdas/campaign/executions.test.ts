/** What is asked of Step Functions, and made of its answers. */
import { createServer } from 'node:http';
import { SFNClient } from '@aws-sdk/client-sfn';
import { expect, it, onTestFinished } from 'vitest';
import { executionsOf } from '../../../lambdas/check-campaign/executions.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

interface Request {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}
const noHurry = () => new AbortController().signal;

async function stepFunctions(answer: (request: Request) => object) {
  const requests: Request[] = [];
  const server = createServer(async (incoming, response) => {
    const body = JSON.parse(Buffer.concat(await incoming.toArray()).toString());
    const request = { operation: String(incoming.headers['x-amz-target']).replace(/^.*\./, ''), body };
    requests.push(request);
    const answered = answer(request);
    response.statusCode = '__type' in answered ? 400 : 200;
    response.end(JSON.stringify(answered));
  });
  const client = new SFNClient({
    endpoint: await listenOnLoopback(server),
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await closeServer(server);
  });
  return { requests, executions: executionsOf(client, 'arn:machine') };
}

/** @param startDate seconds since 1970. */
const item = (name: string, status: string, startDate: number) => ({
  name,
  status,
  startDate,
  executionArn: `arn:${name}`,
  stateMachineArn: 'arn:machine',
});

it('lists what does not run any more, the newest first, back to the time that is asked for', async () => {
  const pages = [
    { executions: [item('a', 'RUNNING', 5_000), item('b', 'SUCCEEDED', 4_000)], nextToken: '1' },
    {
      executions: [item('c', 'ABORTED', 3_000), item('d', 'FAILED', 2_000), item('e', 'FAILED', 1_999)],
      nextToken: '2',
    },
    { executions: [item('f', 'TIMED_OUT', 1_000)] },
  ];
  const { requests, executions } = await stepFunctions(
    ({ body }) => pages[Number(body.nextToken ?? 0)] ?? {},
  );

  const listed = [];
  for await (const page of executions.closedSince(2_000_000, noHurry())) listed.push(page);

  expect(listed).toEqual([
    [{ arn: 'arn:b', name: 'b', status: 'SUCCEEDED' }],
    [
      { arn: 'arn:c', name: 'c', status: 'ABORTED' },
      { arn: 'arn:d', name: 'd', status: 'FAILED' },
    ],
  ]);
  expect(requests).toEqual([
    { operation: 'ListExecutions', body: { stateMachineArn: 'arn:machine', maxResults: 1_000 } },
    {
      operation: 'ListExecutions',
      body: { stateMachineArn: 'arn:machine', maxResults: 1_000, nextToken: '1' },
    },
  ]);
});

it('asks for no page where the time is up', async () => {
  const { requests, executions } = await stepFunctions(() => ({ executions: [] }));

  const listing = executions.closedSince(0, AbortSignal.abort())[Symbol.asyncIterator]().next();

  await expect(listing).rejects.toThrow('aborted');
  expect(requests).toEqual([]);
});

it.each([
  ['the input and the output of an execution', { input: '{"requestId":"ds-1"}', output: '{}' }],
  ['the input of one that has no output', { input: '{"requestId":"ds-1"}' }],
])('tells %s', async (_, answer) => {
  const { requests, executions } = await stepFunctions(() => answer);

  expect(await executions.describe('arn:a', noHurry())).toEqual(answer);
  expect(requests).toEqual([{ operation: 'DescribeExecution', body: { executionArn: 'arn:a' } }]);
});

it('tells nothing of an execution that is gone', async () => {
  const { executions } = await stepFunctions(() => ({ __type: 'ExecutionDoesNotExist' }));

  expect(await executions.describe('arn:a', noHurry())).toEqual({});
});

it('throws what Step Functions refuses', async () => {
  const { executions } = await stepFunctions(() => ({ __type: 'AccessDeniedException' }));

  await expect(executions.describe('arn:a', noHurry())).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});
