/** Campaigns whose function reports nothing: what their state machine, and the reporter, write into a real table. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { executionArn } from '../../../contract/execution-name.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { type Intercept, type LocalAws, localAws } from '../../../local/aws/local-aws.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { deployment, SECRET } from '../../workflow/tracking-harness.ts';

const ID = 'spring-2027';
const input = { campaignId: ID, notifications: 2, deadlineSeconds: 600 };
const error = (code: string) => ({ code, message: expect.any(String) });
const failedRow = (executionArn: string, code: string) => ({
  requestId: campaignPartition(ID),
  logId: SUMMARY_ID,
  executionArn,
  outcome: 'failed',
  error: error(code),
  completedAt: expect.any(String),
  savedAt: expect.any(String),
  expiresAt: expect.any(Number),
});

/** @param checkCampaign in place of the function. */
async function awsWhere(checkCampaign: (at: number) => Promise<unknown>): Promise<LocalAws> {
  const clock = jumpingClock();
  const intercept: Intercept = {
    task: (name, perform) => (name === 'campaign function' ? () => checkCampaign(clock.now()) : perform),
  };
  const aws = await localAws(deployment(), SECRET, clock, {}, intercept);
  onTestFinished(() => aws.close());
  return aws;
}
const crash = () => Promise.reject(new Error('crashed'));

it('one whose function fails ends by its own deadline, with a row and one event', async () => {
  const times: number[] = [];
  const aws = await awsWhere((at) => {
    times.push(at);
    return crash();
  });

  const execution = aws.trackCampaign({ name: ID, input });
  const end = await execution.ended;

  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
  expect(seconds).toBeGreaterThan(1_200);
  expect(seconds).toBeLessThan(1_200 + 300 + 5);
  expect(end.states.slice(-6)).toEqual([
    'Record final event',
    'Read final event',
    'Save campaign',
    'Campaign final?',
    'Publish campaign tracking failed',
    'Campaign tracking failed',
  ]);
  expect(await aws.rowsOf(campaignPartition(ID))).toEqual([failedRow(execution.arn, 'UNEXPECTED_ERROR')]);
  expect(aws.events.map(({ detailType, detail }) => [detailType, detail])).toEqual([
    [
      'Campaign Tracking Failed',
      {
        metadata: { id: execution.arn, version: '1' },
        data: { campaignId: ID, error: error('UNEXPECTED_ERROR') },
      },
    ],
  ]);
});

it('one that was stopped is reported with the progress that a check had written', async () => {
  const aws = await awsWhere(crash);
  const arn = executionArn(deployment().campaignStateMachine.arn, ID);
  const progress = {
    notifications: { expected: 2, complete: 1, missing: 1 },
    counts: { total: 9 },
    checks: 4,
  };
  await putRow(aws, { executionArn: arn, ...progress });

  await report(aws, arn);

  expect(await aws.rowsOf(campaignPartition(ID))).toEqual([
    { ...failedRow(arn, 'TRACKING_INTERRUPTED'), ...progress },
  ]);
  expect(aws.events.map(({ detailType }) => detailType)).toEqual(['Campaign Tracking Failed']);
});

it.each([
  ['of another execution', { executionArn: 'arn:another', checks: 4 }],
  ['that has its end', { outcome: 'complete', checks: 4 }],
])('a row %s stays as it is, and the event goes out all the same', async (_, row) => {
  const aws = await awsWhere(crash);
  const arn = executionArn(deployment().campaignStateMachine.arn, ID);
  await putRow(aws, { executionArn: arn, ...row });

  await report(aws, arn);

  expect(await aws.rowsOf(campaignPartition(ID))).toEqual([
    { requestId: campaignPartition(ID), logId: SUMMARY_ID, executionArn: arn, ...row },
  ]);
  expect(aws.events.map(({ detailType }) => detailType)).toEqual(['Campaign Tracking Failed']);
});

async function putRow({ tables }: LocalAws, row: object): Promise<void> {
  const Item = { requestId: campaignPartition(ID), logId: SUMMARY_ID, ...row };
  await tables.send(new PutCommand({ TableName: deployment().table.name, Item }));
}

async function report(aws: LocalAws, arn: string): Promise<void> {
  const { arn: stateMachineArn } = deployment().campaignStateMachine;
  const ended = {
    executionArn: arn,
    stateMachineArn,
    name: ID,
    status: 'ABORTED',
    input: JSON.stringify(input),
  };
  const { status } = await aws.reportInterruption(ended).ended;
  expect(status).toBe('SUCCEEDED');
}
