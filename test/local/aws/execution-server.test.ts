/** Step Functions on this machine answers as far as the function of campaigns asks, by the SDK that it asks with. */
import { DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExecutionServer, executionServer } from '../../../local/aws/execution-server.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Tracking';
const OTHER = 'arn:aws:states:us-east-1:000000000000:stateMachine:Campaigns';
const arnOf = (name: string) => `arn:aws:states:us-east-1:000000000000:execution:Tracking:${name}`;

let server: ExecutionServer;
let client: SFNClient;

beforeAll(async () => {
  server = await executionServer();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SFNClient({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  const about = { stateMachineArn: MACHINE, input: '{"requestId":"ds-1"}' };
  server.put({ ...about, executionArn: arnOf('ds-1'), name: 'ds-1', status: 'RUNNING', startDate: 1_000 });
  server.put({ ...about, executionArn: arnOf('ds-2'), name: 'ds-2', status: 'RUNNING', startDate: 2_000 });
  server.put({
    ...{ ...about, executionArn: arnOf('ds-1'), name: 'ds-1', startDate: 1_000 },
    ...{ status: 'ABORTED', stopDate: 1_500 },
  });
  const campaign = { stateMachineArn: OTHER, name: 'c-1', startDate: 3_000, input: '{}' };
  server.put({ ...campaign, executionArn: `${OTHER}:c-1`, status: 'SUCCEEDED' });
});
afterAll(() => {
  client.destroy();
  return server.close();
});

describe('ListExecutions', () => {
  it('has the executions of one state machine, the newest first, as they are by now', async () => {
    const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn: MACHINE }));

    expect(executions.map(({ name, status, startDate }) => [name, status, startDate?.getTime()])).toEqual([
      ['ds-2', 'RUNNING', 2_000_000],
      ['ds-1', 'ABORTED', 1_000_000],
    ]);
    expect(executions[0]).not.toHaveProperty('input');
  });

  it('has them by pages', async () => {
    const asked = { stateMachineArn: MACHINE, maxResults: 1 };

    const first = await client.send(new ListExecutionsCommand(asked));
    const second = await client.send(new ListExecutionsCommand({ ...asked, nextToken: first.nextToken }));

    expect([first, second].flatMap(({ executions = [] }) => executions.map(({ name }) => name))).toEqual([
      'ds-2',
      'ds-1',
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  it('has those of one status', async () => {
    const asked = { stateMachineArn: MACHINE, statusFilter: 'ABORTED' } as const;

    const { executions = [] } = await client.send(new ListExecutionsCommand(asked));

    expect(executions.map(({ name }) => name)).toEqual(['ds-1']);
  });
});

describe('DescribeExecution', () => {
  it('has the input of an execution', async () => {
    const executionArn = arnOf('ds-2');

    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      name: 'ds-2',
      status: 'RUNNING',
      input: '{"requestId":"ds-1"}',
    });
  });

  it('says that it knows none, by the name that AWS has for that', async () => {
    const asked = client.send(new DescribeExecutionCommand({ executionArn: arnOf('ds-3') }));

    await expect(asked).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });
});
