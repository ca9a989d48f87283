/** A tracker of which others have written everything that they may: executions, rows, summaries and a pause. */
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { HOSTILE } from '../hostile-text.ts';
import type { CommandLine } from './command-line.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
/** As a recipient is a key: with nothing to normalise. */
export const RECIPIENT = `${HOSTILE.toLowerCase().normalize('NFC')}@example.com`;
const FAILURE_OF = 'st-1#2026-11-24';

export async function fillWithHostileValues({ aws, tables, tracker }: CommandLine): Promise<void> {
  const holds = (Item: Record<string, unknown>) =>
    tables.client.send(new PutCommand({ TableName: tracker.tableName, Item }));

  const { executions } = aws;
  executions.clear();
  const input = JSON.stringify({
    ...{ requestId: HOSTILE, streamId: HOSTILE },
    recipients: HOSTILE,
    campaignId: HOSTILE,
    correlationId: HOSTILE,
  });
  const common = {
    startedAt: NOW,
    input,
    output: JSON.stringify({ outcome: HOSTILE, status: HOSTILE, counts: COUNTS }),
  };
  const cause = HOSTILE;
  executions.set('ds-running', { ...common, status: 'RUNNING', events: [check(1, waiting)] });
  executions.set('ds-complete', { ...common, status: 'SUCCEEDED', endedAt: NOW });
  executions.set('ds-failed', {
    ...common,
    status: 'FAILED',
    endedAt: NOW,
    cause,
    events: [check(2, ended)],
  });
  executions.set('ds-stopped', { ...common, status: 'ABORTED', endedAt: NOW, cause });
  executions.set(HOSTILE, { ...common, status: 'RUNNING' });
  aws.campaigns.set('of-others', { ...common, status: 'RUNNING' });
  for (const requestId of ['ds-running', 'ds-complete', 'ds-failed', 'ds-rows', HOSTILE]) {
    await holds({ ...row(requestId), logId: `nl-${HOSTILE}` });
  }
  await holds({ ...summary, requestId: 'ds-summary' });
  await holds({
    ...{ ...summary, requestId: 'ds-complete', campaignId: 'hostile', outcome: 'failed' },
    durationSeconds: 1,
  });
  const partition = { requestId: '#campaign#of-others', logId: '#summary', executionArn: HOSTILE };
  await holds({ ...partition, startedAt: HOSTILE, outcome: HOSTILE, completedAt: HOSTILE, error: ERROR });
  await holds({ requestId: '#bots', logId: 'st-1' });
  await holds({ requestId: '#bots', logId: HOSTILE });
  const paused = { bot: 'st-paused', pausedAt: HOSTILE };
  await tables.client.send(new PutCommand({ TableName: tracker.callBudgetTableName, Item: paused }));
}

const COUNTS = { total: HOSTILE, delivered: HOSTILE, failed: HOSTILE, expected: HOSTILE };
const ERROR = { code: HOSTILE, message: HOSTILE };

function check(number: number, output: object): HistoryEvent {
  const exit = { name: HOSTILE, output: JSON.stringify(output) };
  return { id: number, type: 'TaskStateExited', stateExitedEventDetails: exit, timestamp: new Date(NOW) };
}
const waiting = {
  outcome: 'waiting',
  nextCheckAt: HOSTILE,
  obstacle: HOSTILE,
  progress: { checks: 1, status: HOSTILE },
};
const ended = { detail: { data: { checks: 2, status: HOSTILE, error: ERROR } } };

const row = (requestId: string) => ({
  requestId,
  recipient: RECIPIENT,
  status: 'FAILURE',
  createdOn: `2026-11-24T10:${HOSTILE}`,
  failureOf: FAILURE_OF,
  log: { channel: HOSTILE, comments: HOSTILE, originalId: HOSTILE, [HOSTILE]: HOSTILE },
});
const summary = {
  ...{
    logId: '#summary',
    outcome: HOSTILE,
    status: HOSTILE,
    executionArn: HOSTILE,
    counts: COUNTS,
    error: ERROR,
  },
  ...{
    streamId: HOSTILE,
    campaignId: HOSTILE,
    correlationId: HOSTILE,
    channels: [HOSTILE],
    checks: HOSTILE,
    durationSeconds: HOSTILE,
  },
  ...{ startedAt: HOSTILE, completedAt: HOSTILE },
};
