/** `retrack --since`: all that ended so from a time on. */
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { executionArn } from '../../../contract/execution-name.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const NOW = Date.UTC(2026, 10, 26, 3);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(async () => {
  line.aws.executions.clear();
  await ended('ds-failed', 'FAILED', 'failed', 'TABLE_UNREACHABLE');
  await ended('ds-bug', 'FAILED', 'failed', 'UNEXPECTED_ERROR');
  await ended('ds-stopped', 'ABORTED', 'failed', 'TRACKING_INTERRUPTED');
  await ended('ds-late', 'SUCCEEDED', 'timed-out', 'DEADLINE_PASSED');
  await ended('ds-complete', 'SUCCEEDED', 'complete');
  await ended('ds-earlier', 'FAILED', 'failed', 'UNEXPECTED_ERROR', NOW - 3 * HOUR);
  line.aws.operations.length = 0;
});

/** Each was started a day before its end. */
async function ended(name: string, status: string, outcome: string, code?: string, endedAt = NOW - HOUR) {
  const input = JSON.stringify({ requestId: name, streamId: 'st-1' });
  line.aws.executions.set(name, {
    ...{ status, startedAt: endedAt - DAY, endedAt, input },
    ...(status === 'SUCCEEDED' && { output: JSON.stringify({ outcome }) }),
  });
  const Item = {
    ...{ requestId: name, logId: SUMMARY_ID, outcome, expiresAt: NOW / 1000 + 86_400 },
    executionArn: executionArn(line.aws.stateMachineArn, name),
    ...(code !== undefined && { error: { code, message: 'It ended.' } }),
  };
  await line.tables.client.send(new PutCommand({ TableName: line.tracker.tableName, Item }));
}

const retrack = (...options: string[]) => line.runIn({ now: NOW }, 'retrack', '--rate', '100', ...options);
const started = () => [...line.aws.executions.keys()].filter((name) => name.includes('--')).sort();

it.each([
  [['--failed'], ['ds-bug--2', 'ds-failed--2', 'ds-stopped--2']],
  [['--timed-out'], ['ds-late--2']],
  [['--failed', '--code', 'UNEXPECTED_ERROR'], ['ds-bug--2']],
  [['--failed', '--timed-out', '--code', 'DEADLINE_PASSED'], ['ds-late--2']],
])(
  'starts another attempt at each that ended so since then, whenever it was started: %j',
  async (which, expected) => {
    const { status, document } = await retrack('--since', '2h', ...which, '--json');

    expect(status).toBe(0);
    expect(document).toMatchObject({ since: '2026-11-26T01:00:00.000Z', total: expected.length });
    expect(started()).toEqual(expected);
    const input = line.aws.executions.get(expected[0] ?? '')?.input ?? '';
    expect(JSON.parse(input)).toEqual({ requestId: expected[0]?.slice(0, -3), streamId: 'st-1' });
  },
);

it('says in a dry run which it would start, and starts none', async () => {
  line.aws.executions.set('ds-bug--2', { status: 'RUNNING', startedAt: NOW });

  const { stdout } = await retrack('--since', '2h', '--failed', '--dry-run');

  expect(stdout.split('\n').sort()).toEqual([
    '',
    '2 would be tracked again. Nothing was started.',
    'ds-bug        not: TRACKING_RUNNING',
    'ds-failed     as attempt 2',
    'ds-stopped    as attempt 2',
    'notification  would be tracked',
  ]);
  expect(line.aws.operations).not.toContain('StartExecution');
});

it('asks the execution for the code where the summary is that of another attempt', async () => {
  await ended('ds-twice', 'SUCCEEDED', 'timed-out', 'DEADLINE_PASSED', NOW - 3 * HOUR);
  line.aws.executions.set('ds-twice--2', {
    ...{ status: 'FAILED', startedAt: NOW - 2 * HOUR, endedAt: NOW - HOUR },
    events: [failedWith('TABLE_UNREACHABLE')],
  });

  await retrack('--since', '2h', '--failed', '--code', 'TABLE_UNREACHABLE');

  expect(started()).toEqual(['ds-failed--2', 'ds-twice--2', 'ds-twice--3']);
});

it('takes a notification whose attempts both failed once', async () => {
  line.aws.executions.set('ds-bug--2', { status: 'FAILED', startedAt: NOW - HOUR, endedAt: NOW });

  const { document } = await retrack('--since', '2h', '--failed', '--json');

  expect(document.total).toBe(3);
  expect(started()).toEqual(['ds-bug--2', 'ds-bug--3', 'ds-failed--2', 'ds-stopped--2']);
});

it('leaves alone what has ended otherwise in a later attempt', async () => {
  line.aws.executions.set('ds-bug--2', {
    ...{ status: 'FAILED', startedAt: NOW - HOUR, endedAt: NOW },
    events: [failedWith('TABLE_UNREACHABLE')],
  });

  await retrack('--since', '2h', '--failed', '--code', 'UNEXPECTED_ERROR');

  expect(started()).toEqual(['ds-bug--2']);
});

it('says from when on, since a time back is another one when the command is run again', async () => {
  const { stdout } = await retrack('--since', '2h', '--failed');

  expect(stdout).toContain('--since 2026-11-26T01:00:00.000Z');
});

it('starts none by the name of an execution that is not the id of its notification', async () => {
  line.aws.executions.clear();
  await ended('by-hand', 'FAILED', 'failed', 'UNEXPECTED_ERROR');
  Object.assign(line.aws.executions.get('by-hand') ?? {}, {
    input: '{"requestId":"ds-7","streamId":"st-1"}',
  });

  const { document: planned } = await retrack('--since', '2h', '--failed', '--dry-run', '--json');
  const { status, document } = await retrack('--since', '2h', '--failed', '--json');

  expect(planned).toMatchObject({ wouldStart: 0, notifications: [{ refused: 'INVALID_INPUT' }] });
  expect([status, started()]).toEqual([1, []]);
  expect(document.failures[0].message).toContain('Its notification is ds-7');
});

it('ends at Ctrl-C while it looks for them, and starts none', async () => {
  const interruption = new AbortController();
  line.aws.beforeNext('ListExecutions', () => interruption.abort());

  const ran = await line.runIn(
    { now: NOW, interrupted: interruption.signal },
    ...['retrack', '--since', '2h', '--failed'],
  );

  expect(ran).toMatchObject({ status: 130, code: 'INTERRUPTED' });
});

it('says that none ended so', async () => {
  const { status, stdout } = await retrack('--since', '2h', '--failed', '--code', 'NOT_CONFIGURED');

  expect([status, stdout]).toEqual([
    0,
    'No notification ended failed with NOT_CONFIGURED since 2026-11-26 01:00:00Z. There is nothing to track again.\n',
  ]);
});

it.each([
  [['--since', '2h']],
  [['--code', 'UNEXPECTED_ERROR']],
  [['ds-bug', '--since', '2h']],
  [['ds-bug', '--code', 'UNEXPECTED_ERROR']],
  [['--since', '2h', '--failed', '--campaign', 'spring']],
  [['--since', '2h', '--failed', '--recipients', '3']],
])('refuses half of a question: %j', async (options) => {
  expect(await retrack(...options)).toMatchObject({ status: 2, code: 'WRONG_USAGE', stdout: '' });
  expect(line.aws.operations).toEqual([]);
});

function failedWith(code: string): HistoryEvent {
  const detail = { data: { error: { code, message: 'It ended.' } } };
  const output = JSON.stringify({ outcome: 'failed', detail });
  return {
    ...{ type: 'TaskStateExited', id: 1, timestamp: new Date(NOW) },
    stateExitedEventDetails: { name: 'Check delivery', output },
  };
}
