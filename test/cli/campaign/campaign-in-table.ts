/** A campaign in the table of a command line: with notifications that reached everybody, some, or nobody, and two that run. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CommandLine } from '../command-line.ts';
import { delivered, ended, NOW } from '../delivered.ts';

export const CAMPAIGN = 'spring-2026';
const MINUTE = 60_000;

export async function fillCampaign(line: CommandLine): Promise<void> {
  const { aws, tables, tracker } = line;
  const ofCampaign = { campaignId: CAMPAIGN };
  aws.executions.clear();
  aws.campaigns.clear();
  aws.campaigns.set(CAMPAIGN, {
    status: 'RUNNING',
    startedAt: NOW - 60 * MINUTE,
    input: JSON.stringify({ campaignId: CAMPAIGN, notifications: 7 }),
  });
  const row = {
    requestId: `#campaign#${CAMPAIGN}`,
    logId: '#summary',
    executionArn: `${aws.campaignStateMachineArn.replace('stateMachine', 'execution')}:${CAMPAIGN}`,
    startedAt: new Date(NOW - 60 * MINUTE).toISOString(),
    notifications: { expected: 7, complete: 2, timedOut: 0, failed: 1, missing: 4, extra: 0 },
    counts: { total: 5, delivered: 3, failed: 2 },
    checks: 9,
    expiresAt: NOW / 1000 + 86_400,
  };
  await tables.client.send(new PutCommand({ TableName: tracker.tableName, Item: row }));

  await ended(line, 'ds-all', { ...ofCampaign, durationSeconds: 30 });
  await ended(line, 'ds-some', {
    ...{ ...ofCampaign, status: 'PARTIAL_SUCCESS', durationSeconds: 300 },
    counts: { total: 3, delivered: 1, failed: 2 },
  });
  await delivered(
    line,
    'ds-some',
    'st-1',
    ['jan@example.com', 'FAILURE', 1, 'No answer from jan@example.com'],
    ['jon@example.com', 'FAILURE', 1, 'No answer from jon@example.com'],
    ['joe@example.com', 'SUCCESS', 1, 'sent'],
  );
  const error = { code: 'CREDENTIALS_REFUSED', message: 'Kore answered 401.' };
  const none = { counts: { total: 0, delivered: 0, failed: 0 } };
  await ended(line, 'ds-failed', { ...ofCampaign, ...none, outcome: 'failed', error, durationSeconds: 90 });
  aws.executions.set('ds-failed', failed('ds-failed'));
  await ended(line, 'ds-stopped', {
    ...{ ...ofCampaign, ...none, outcome: 'failed', durationSeconds: 10 },
    error: { code: 'TRACKING_INTERRUPTED', message: 'It was stopped.' },
  });
  aws.executions.set('ds-stopped', { ...failed('ds-stopped'), status: 'ABORTED' });
  await ended(line, 'ds-late', {
    ...{ ...ofCampaign, outcome: 'timed-out', durationSeconds: 3_600 },
    counts: { total: 2, delivered: 1, failed: 1 },
    error: { code: 'DEADLINE_PASSED', message: 'Too late.' },
  });
  await delivered(line, 'ds-late', 'st-1', ['jan@example.com', 'FAILURE', 2, 'Busy']);
  aws.executions.set('ds-late', {
    ...failed('ds-late'),
    status: 'SUCCEEDED',
    output: '{"outcome":"timed-out"}',
  });
  await ended(line, 'ds-of-another', { campaignId: 'autumn-2026' });
  for (const [requestId, campaignId] of [
    ['ds-running', CAMPAIGN],
    ['ds-running-too', 'autumn-2026'],
  ] as const) {
    aws.executions.set(requestId, running(requestId, campaignId));
  }
}

const failed = (requestId: string) => ({
  status: 'FAILED',
  startedAt: NOW - 50 * MINUTE,
  endedAt: NOW - 40 * MINUTE,
  input: JSON.stringify({ requestId, streamId: 'st-1', campaignId: CAMPAIGN }),
});

const running = (requestId: string, campaignId: string) => ({
  status: 'RUNNING',
  startedAt: NOW - 20 * MINUTE,
  input: JSON.stringify({ requestId, streamId: 'st-2', campaignId, recipients: 24 }),
  events: [
    {
      id: 1,
      type: 'TaskStateExited' as const,
      timestamp: new Date(NOW - MINUTE),
      stateExitedEventDetails: {
        name: 'Check delivery',
        output: JSON.stringify({
          outcome: 'waiting',
          nextCheckAt: '2026-11-24T12:01:00Z',
          obstacle: 'PAUSED',
          progress: {
            checks: 3,
            status: 'IN_PROGRESS',
            counts: { total: 9, delivered: 7, failed: 2 },
            channels: [],
          },
        }),
      },
    },
  ],
});
