/** Commands that start, show, follow and end trackings. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, obeyedIn } from '../../hostile-text.ts';
import type { FakeExecution } from '../aws-on-loopback.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  line.aws.executions.clear();
  line.aws.operations.length = 0;
});

const MINUTE = 60_000;
const BEGIN = Date.UTC(2026, 10, 23, 20, 0, 0);
const COUNTS = { total: 9, delivered: 7, failed: 2 };

function checkEvents(number: number, changes: object = {}): HistoryEvent[] {
  const output = JSON.stringify({
    outcome: 'waiting',
    nextCheckAt: `2026-11-23T20:0${number}:30Z`,
    request: { requestId: 'ds-1', streamId: 'st-1', recipients: 24 },
    progress: { checks: number, status: 'IN_PROGRESS', counts: COUNTS, channels: [] },
    ...changes,
  });
  const at = { timestamp: new Date(BEGIN + number * MINUTE) };
  const exit = { name: 'Check delivery', output };
  const types = ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskSucceeded'] as const;
  return [
    ...types.map((type, id) => ({ id, type, ...at })),
    { id: 9, type: 'TaskStateExited', stateExitedEventDetails: exit, ...at },
    { id: 10, type: 'WaitStateEntered', ...at },
  ];
}

function tracks(name: string, changes: Partial<FakeExecution> = {}): FakeExecution {
  const input = JSON.stringify({
    requestId: name.replace(/(--|\.)\d+$/, ''),
    streamId: 'st-1',
    recipients: 24,
  });
  const execution = { status: 'RUNNING', startedAt: BEGIN, input, ...changes };
  line.aws.executions.set(name, execution);
  return execution;
}
const ended = (outcome: string) => ({
  status: 'SUCCEEDED',
  endedAt: BEGIN + 3 * MINUTE,
  output: JSON.stringify({ outcome, status: 'PARTIAL_SUCCESS', counts: COUNTS }),
});
const failed = { status: 'FAILED', endedAt: BEGIN + MINUTE, cause: 'Kore does not know it.' };

async function holds(row: Record<string, unknown>): Promise<void> {
  await line.tables.client.send(new PutCommand({ TableName: line.tracker.tableName, Item: row }));
}
const summary = (requestId: string, changes: object = {}) => ({
  requestId,
  logId: '#summary',
  outcome: 'failed',
  executionArn: `${line.aws.stateMachineArn.replace('stateMachine', 'execution')}:${requestId}`,
  streamId: 'st-1',
  counts: COUNTS,
  error: { code: 'NOTIFICATION_NOT_FOUND', message: 'Kore does not know it.' },
  ...changes,
});

describe('start', () => {
  it('starts a tracking that is named by its request id', async () => {
    const { status, stdout } = await line.run(
      ...['start', 'ds-1', '--stream-id', 'st-1', '--recipients', '24'],
      ...['--campaign', 'spring-2026', '--correlation-id', 'order-42'],
    );

    expect(status).toBe(0);
    expect(stdout).toBe('Tracking ds-1. To see it: npx delivery-tracker watch ds-1\n');
    expect(JSON.parse(line.aws.executions.get('ds-1')?.input ?? '')).toEqual({
      requestId: 'ds-1',
      streamId: 'st-1',
      recipients: 24,
      campaignId: 'spring-2026',
      correlationId: 'order-42',
    });
    expect(line.aws.campaigns.size).toBe(0);
  });

  it('says at a second start that it is tracked already, and shows it', async () => {
    tracks('ds-1', ended('timed-out'));

    const { status, stdout } = await line.run('start', 'ds-1');

    expect(status).toBe(0);
    expect(stdout).toContain('ds-1 is tracked already:\nds-1  timed out: PARTIAL_SUCCESS\n');
    expect(stdout).toContain('7 delivered, 2 failed, of 24');
    expect(stdout).toContain('To track it again: npx delivery-tracker retrack ds-1');
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('says so too where another was faster', async () => {
    line.aws.beforeNext('StartExecution', () => tracks('ds-1'));

    const { document } = await line.run('start', 'ds-1', '--json');

    expect(document).toMatchObject({ type: 'start', started: false, requestId: 'ds-1', state: 'running' });
  });

  it.each([
    ['nothing to start', ['start'], /request id, or --from-file/],
    ['two things to start', ['start', 'ds-1', '--from-file', 'x'], /request id, or --from-file/],
    [
      'a file to watch without a campaign',
      ['start', '--from-file', 'x', '--watch'],
      /--watch of a file follows/,
    ],
    ['a path for an id', ['start', '../x'], /'\.\.\/x' is invalid/],
    ['an address for an id', ['start', 'john@example.com'], /\[address\]/],
    ['a campaign that is none', ['start', 'ds-1', '--campaign', 'a b'], /--campaign <id>.*'a b' is invalid/],
    ['a reference that is none', ['start', 'ds-1', '--correlation-id', 'a b'], /--correlation-id must be/],
  ])('refuses %s', async (_, argv, sentence) => {
    const { status, stderr, stdout, code } = await line.run(...argv);

    expect([status, code, stdout]).toEqual([2, 'WRONG_USAGE', '']);
    expect(stderr).toMatch(sentence);
    expect(line.aws.operations).toEqual([]);
  });
});

describe('show', () => {
  it('tells how far a running tracking is', async () => {
    tracks('ds-1', { events: [...checkEvents(1), ...checkEvents(2, { obstacle: 'KORE_UNREACHABLE' })] });

    const { status, stdout } = await line.run('show', 'ds-1');
    const { document } = await line.run('show', 'ds-1', '--json');

    expect(status).toBe(0);
    expect(stdout.split('\n').map((text) => text.trim())).toEqual([
      'ds-1  running: IN_PROGRESS',
      'recipients  7 delivered, 2 failed, of 24',
      'bot         st-1',
      'started     2026-11-23 20:00:00Z',
      'checks      2',
      'next check  2026-11-23 20:02:30Z',
      'obstacle    KORE_UNREACHABLE: Kore.ai answers with 5xx, not in time, or not at all. Check the network if it lasts.',
      '',
    ]);
    expect(document).toMatchObject({
      state: 'running',
      attempt: 1,
      counts: COUNTS,
      recipients: 24,
      nextCheckAt: '2026-11-23T20:02:30Z',
      failedRecipients: [],
    });
  });

  it('names the campaign that a notification belongs to', async () => {
    tracks('ds-1', { input: JSON.stringify({ requestId: 'ds-1', campaignId: 'spring-2026' }) });

    const { stdout } = await line.run('show', 'ds-1');
    const { document } = await line.run('show', 'ds-1', '--json');

    expect(stdout).toContain('  campaign    spring-2026\n');
    expect(document.campaignId).toBe('spring-2026');
  });

  it('tells of the latest attempt, and of its own summary only', async () => {
    tracks('ds-2', ended('timed-out'));
    tracks('ds-2--2', failed);
    await holds(summary('ds-2', { outcome: 'timed-out', counts: { total: 1, delivered: 1, failed: 0 } }));

    const { document } = await line.run('show', 'ds-2', '--json');

    expect(document).toMatchObject({ attempt: 2, state: 'failed', error: { message: failed.cause } });
    expect(document.counts).toEqual({ total: 0, delivered: 0, failed: 0 });
  });

  it('tells from the summary what Step Functions has forgotten', async () => {
    await holds(summary('ds-old', { completedAt: '2026-08-01T00:00:00Z', campaignId: 'spring-2026' }));

    const { stdout } = await line.run('show', 'ds-old');

    expect(stdout).toContain('ds-old  tracking failed');
    expect(stdout).toContain('error       NOTIFICATION_NOT_FOUND: Kore does not know it.');
    expect(stdout).toContain('ended       2026-08-01 00:00:00Z');
    expect(stdout).toContain('campaign    spring-2026');
  });

  it('tells from rows alone where nothing else is left', async () => {
    await holds({
      requestId: 'ds-rows',
      logId: 'nl-1',
      status: 'SUCCESS',
      createdOn: '2026-08-01T00:00:00Z',
    });

    expect((await line.run('show', 'ds-rows', '--json')).document).toMatchObject({
      state: 'unknown',
      counts: { total: 1, delivered: 1, failed: 0 },
    });
  });

  it('says that nothing is known', async () => {
    const { status, code } = await line.run('show', 'ds-nothing', '--json');
    expect([status, code]).toEqual([4, 'NO_SUCH_TRACKING']);
  });
});

describe('watch', () => {
  /** Runs on at each poll: the checks one by one, and then the end. */
  function goesOn(execution: FakeExecution, end: Partial<FakeExecution>) {
    const steps = [
      () => Object.assign(execution, { events: checkEvents(1) }),
      () => execution.events?.push(...checkEvents(2), ...checkEvents(3)),
      () => Object.assign(execution, end),
    ];
    return () => void steps.shift()?.();
  }

  it('prints each check and the end, on lines where there is no terminal', async () => {
    const onSleep = goesOn(tracks('ds-1'), ended('complete'));

    const { status, stdout } = await line.runIn({ onSleep }, 'watch', 'ds-1');

    expect(status).toBe(0);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      '20:01:00Z  check 1    IN_PROGRESS      9 of 24, 2 failed    next 20:01:30Z',
      '20:02:00Z  check 2    IN_PROGRESS      9 of 24, 2 failed    next 20:02:30Z',
      '20:03:00Z  check 3    IN_PROGRESS      9 of 24, 2 failed    next 20:03:30Z',
      'ds-1  delivery complete: PARTIAL_SUCCESS',
    ]);
  });

  it('shows a bar below them on a terminal, with the time of the next check', async () => {
    const onSleep = goesOn(tracks('ds-1'), ended('complete'));
    const now = Date.parse('2026-11-23T20:01:18Z');

    const { stdout } = await line.runIn({ onSleep, now, onTerminal: true }, 'watch', 'ds-1');

    expect(stdout).toContain('waiting for the first check, 1 min 18 s since its start');
    expect(stdout).toContain('████████░░░░░░░░░░░░ 37 %  9 of 24, next check in 12 s (20:01:30Z)');
    expect(stdout).toContain('ds-1  delivery complete: PARTIAL_SUCCESS');
  });

  it('prints a document a line for machines', async () => {
    const onSleep = goesOn(tracks('ds-1'), ended('timed-out'));

    const { status, stdout } = await line.runIn({ onSleep }, 'watch', 'ds-1', '--json');

    const documents = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(status).toBe(3);
    expect(documents.map(({ type, number }) => number ?? type)).toEqual([1, 2, 3, 'end']);
    expect(documents[0]).toMatchObject({ status: 'IN_PROGRESS', counts: COUNTS, recipients: 24 });
    expect(documents[3]).toMatchObject({ state: 'timed-out', requestId: 'ds-1' });
  });

  it.each([
    ['failed', failed, 1],
    ['stopped', { status: 'ABORTED', endedAt: BEGIN }, 1],
  ])('says by its exit status that a tracking %s', async (_, end, status) => {
    tracks('ds-1', end);
    expect((await line.run('watch', 'ds-1')).status).toBe(status);
  });

  it.each([
    [
      'NOT_CONFIGURED',
      "To fill it, if it is the tracker's own: npx delivery-tracker credentials set --file secret.json",
    ],
    [
      'INVALID_SECRET',
      "To put another in, if it is the tracker's own: npx delivery-tracker credentials set --file secret.json",
    ],
    [
      'CREDENTIALS_REFUSED',
      'To find out why: npx delivery-tracker credentials check --call ds-1 --stream-id st-1',
    ],
  ])('says once what helps against %s, and show says it too', async (obstacle, remedy) => {
    const execution = tracks('ds-1', {
      input: JSON.stringify({ requestId: 'ds-1', streamId: 'st-1' }),
      events: [...checkEvents(1, { obstacle }), ...checkEvents(2, { obstacle })],
    });
    const onSleep = () => void Object.assign(execution, ended('complete'));

    const { stdout: shown } = await line.runIn({ onTerminal: true, columns: 50 }, 'show', 'ds-1');
    const { stdout: watched } = await line.runIn({ onSleep }, 'watch', 'ds-1');

    // It is not broken, however narrow the terminal is.
    expect(shown).toContain(`  ${remedy}\n`);
    expect(watched.split('\n').filter((text) => text.trim() === remedy)).toHaveLength(1);
    expect(watched.indexOf(remedy)).toBeLessThan(watched.indexOf('check 2'));
  });

  it('names no bot to the terminal that it would obey', async () => {
    const execution = tracks('ds-1', {
      input: JSON.stringify({ requestId: 'ds-1', streamId: HOSTILE }),
      events: checkEvents(1, { obstacle: 'CREDENTIALS_REFUSED' }),
    });
    const onSleep = () => void Object.assign(execution, ended('complete'));

    const { stdout } = await line.runIn({ onTerminal: true, onSleep }, 'watch', 'ds-1');

    expect(stdout).toContain('--stream-id');
    expect(stdout).not.toContain(HOSTILE);
    // The bar moves the cursor itself.
    expect(
      obeyedIn(
        stdout
          .split('\n')
          .filter((text) => text.includes('--stream-id'))
          .join('\n'),
      ),
    ).toEqual([]);
  });

  it('shows a check that fails, and each time that it is tried again', async () => {
    const failure = (failures: number, minute: number): HistoryEvent[] => {
      // Before it is left, the failed check repeats what it was given.
      const [before, after] = [failures - 1, failures].map((count) =>
        checkEvents(2, { failures: count, nextCheckAt: `2026-11-23T20:0${minute}:30Z` }),
      );
      const timestamp = new Date(BEGIN + minute * MINUTE);
      const events = [
        ...(before ?? []),
        ...(after ?? []).slice(-2).map((e) => ({ ...e, type: 'PassStateExited' as const })),
      ];
      return events.map((event) => ({ ...event, timestamp }));
    };
    const execution = tracks('ds-1', { events: [...checkEvents(1), ...checkEvents(2)] });
    const steps = [
      () => execution.events?.push(...failure(1, 3)),
      () => execution.events?.push(...failure(2, 4)),
      () => execution.events?.push(...checkEvents(3, { failures: 2, nextCheckAt: '2026-11-23T20:09:00Z' })),
      () => Object.assign(execution, ended('complete')),
    ];

    const { stdout } = await line.runIn({ onSleep: () => void steps.shift()?.() }, 'watch', 'ds-1');

    expect(stdout.split('\n').slice(1, 5)).toEqual([
      '20:02:00Z  check 2    IN_PROGRESS      9 of 24, 2 failed    next 20:02:30Z',
      '20:03:00Z  check 3    IN_PROGRESS      9 of 24, 2 failed    next 20:03:30Z  UNEXPECTED_ERROR',
      '20:04:00Z  check 3    IN_PROGRESS      9 of 24, 2 failed    next 20:04:30Z  UNEXPECTED_ERROR',
      '20:03:00Z  check 3    IN_PROGRESS      9 of 24, 2 failed    next 20:09:00Z',
    ]);
  });

  it('shows the end that was written down, where the state machine would have told another', async () => {
    const exit = (type: 'PassStateExited' | 'TaskStateExited', output: object): HistoryEvent => ({
      id: 9,
      type,
      timestamp: new Date(BEGIN + 3 * MINUTE),
      stateExitedEventDetails: { name: 'x', output: JSON.stringify(output) },
    });
    const error = { code: 'UNEXPECTED_ERROR', message: 'Checks failed.' };
    const won = { outcome: 'complete', detail: { data: { status: 'SUCCESS', counts: COUNTS, checks: 3 } } };
    const execution = tracks('ds-1', { events: checkEvents(1) });
    const onSleep = () =>
      void Object.assign(execution, ended('complete'), {
        events: [
          ...checkEvents(1),
          exit('PassStateExited', { outcome: 'unexpected', detail: { data: { error } } }),
          exit('PassStateExited', won),
          exit('TaskStateExited', won),
        ],
      });

    const { stdout } = await line.runIn({ onSleep }, 'watch', 'ds-1');

    expect(stdout).toContain('check 3    SUCCESS');
    expect(stdout).not.toContain('UNEXPECTED_ERROR');
  });

  it('leaves the tracking alone at Ctrl-C, and says so', async () => {
    const interruption = new AbortController();
    tracks('ds-1');

    const { status, stderr } = await line.runIn(
      { interrupted: interruption.signal, onSleep: () => interruption.abort() },
      ...['start', 'ds-1', '--watch'],
    );

    expect(status).toBe(130);
    expect(stderr).toContain('its tracking goes on');
    expect(line.aws.executions.get('ds-1')?.status).toBe('RUNNING');
  });

  it('says that nothing is known', async () => {
    expect(await line.run('watch', 'ds-nothing')).toMatchObject({ status: 4, code: 'NO_SUCH_TRACKING' });
  });
});

describe('list', () => {
  beforeEach(() => {
    tracks('ds-1', { ...ended('complete'), startedAt: BEGIN });
    tracks('ds-2', { ...failed, startedAt: BEGIN + 1000 });
    tracks('ds-2--2', {
      startedAt: BEGIN + 4000,
      events: checkEvents(1, { obstacle: 'KORE_UNREACHABLE' }),
    });
    tracks('ds-3', { status: 'ABORTED', startedAt: BEGIN + 3000, endedAt: BEGIN + 4000 });
    tracks('ds-4', { ...ended('timed-out'), startedAt: BEGIN + 2000 });
  });

  it('shows the latest first, with bot, counts, obstacle and how they ended', async () => {
    const { stdout } = await line.run('list');

    expect(stdout.split('\n')).toEqual([
      'notification  attempt  bot   reached  not reached  started               ended                 obstacle          state',
      'ds-2          2        st-1  7 of 24  2            2026-11-23 20:00:04Z                        KORE_UNREACHABLE  running: IN_PROGRESS',
      'ds-3          1        st-1                        2026-11-23 20:00:03Z  2026-11-23 20:00:04Z                    stopped by hand',
      'ds-4          1        st-1  7 of 24  2            2026-11-23 20:00:02Z  2026-11-23 20:03:00Z                    timed out: PARTIAL_SUCCESS',
      'ds-2          1        st-1                        2026-11-23 20:00:01Z  2026-11-23 20:01:00Z                    tracking failed',
      'ds-1          1        st-1  7 of 24  2            2026-11-23 20:00:00Z  2026-11-23 20:03:00Z                    delivery complete: PARTIAL_SUCCESS',
      '',
    ]);
  });

  it.each([
    [['--running'], ['ds-2']],
    [['--failed'], ['ds-3', 'ds-2']],
    [
      ['--limit', '2'],
      ['ds-2', 'ds-3'],
    ],
  ])('%j shows some of them', async (options, requestIds) => {
    const { document } = await line.run('list', '--json', ...options);
    expect(document.trackings.map(({ requestId }: { requestId: string }) => requestId)).toEqual(requestIds);
  });

  it('says that there are none', async () => {
    line.aws.executions.clear();
    expect((await line.run('list', '--failed')).stdout).toBe('No failed trackings.\n');
  });
});

describe('stop', () => {
  it('ends the running attempt', async () => {
    tracks('ds-1', failed);
    tracks('ds-1--2');

    const { status, stdout } = await line.run('stop', 'ds-1');

    expect([status, line.aws.executions.get('ds-1--2')?.status]).toEqual([0, 'ABORTED']);
    expect(stdout).toContain('TRACKING_INTERRUPTED');
  });

  it('refuses where nothing runs, or nothing is known', async () => {
    tracks('ds-1', ended('complete'));

    expect(await line.run('stop', 'ds-1')).toMatchObject({ status: 5, code: 'NOT_RUNNING' });
    expect(await line.run('stop', 'ds-nothing')).toMatchObject({ status: 4, code: 'NO_SUCH_TRACKING' });
  });
});

describe('retrack', () => {
  it('starts the next attempt with the earlier input', async () => {
    tracks('ds-1', failed);
    tracks('ds-1--2', { status: 'ABORTED' });

    const { status, document } = await line.run('retrack', 'ds-1', '--json', '--recipients', '30');

    expect([status, document.attempt]).toEqual([0, 3]);
    expect(JSON.parse(line.aws.executions.get('ds-1--3')?.input ?? '')).toEqual({
      requestId: 'ds-1',
      streamId: 'st-1',
      recipients: 30,
    });
  });

  it('keeps the campaign, from the earlier input or from the summary', async () => {
    const input = JSON.stringify({ requestId: 'ds-1', campaignId: 'spring-2026' });
    tracks('ds-1', { ...failed, input });
    await holds(summary('ds-tagged', { campaignId: 'spring-2026' }));

    await line.run('retrack', 'ds-1');
    await line.run('retrack', 'ds-tagged');

    const campaigns = ['ds-1--2', 'ds-tagged--2'].map(
      (name) => JSON.parse(line.aws.executions.get(name)?.input ?? '{}').campaignId,
    );
    expect(campaigns).toEqual(['spring-2026', 'spring-2026']);
  });

  it('counts attempts by the names that 0.1.0 gave them as well', async () => {
    tracks('ds-1', failed);
    tracks('ds-1.2', failed);

    await line.run('retrack', 'ds-1');
    const { document } = await line.run('list', '--json');

    expect([...line.aws.executions.keys()]).toEqual(['ds-1', 'ds-1.2', 'ds-1--3']);
    expect(new Set(document.trackings.map(({ requestId }: { requestId: string }) => requestId))).toEqual(
      new Set(['ds-1']),
    );
  });

  it.each([
    ['runs', {}, 'TRACKING_RUNNING'],
    ['is complete', ended('complete'), 'ALREADY_COMPLETE'],
  ])('is refused where the tracking %s', async (_, execution, code) => {
    tracks('ds-1', execution);
    expect(await line.run('retrack', 'ds-1')).toMatchObject({ status: 5, code });
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('is refused to the second of two operators', async () => {
    tracks('ds-1', failed);
    const both = await Promise.all([line.run('retrack', 'ds-1'), line.run('retrack', 'ds-1')]);

    expect(both.map(({ status }) => status).sort()).toEqual([0, 5]);
    expect([...line.aws.executions.keys()]).toEqual(['ds-1', 'ds-1--2']);
  });

  it('knows from the summary of attempts whose first is forgotten', async () => {
    await holds(summary('ds-late', { executionArn: 'arn:aws:states:::execution:Tracking:ds-late.2' }));
    tracks('ds-late.2');
    expect(await line.run('retrack', 'ds-late')).toMatchObject({ code: 'TRACKING_RUNNING' });

    line.aws.executions.clear();
    await line.run('retrack', 'ds-late');
    expect(line.aws.executions.get('ds-late--3')?.input).toBe('{"requestId":"ds-late","streamId":"st-1"}');
  });

  it('says that nothing is known', async () => {
    expect(await line.run('retrack', 'ds-nothing')).toMatchObject({ status: 4, code: 'NO_SUCH_TRACKING' });
  });
});

describe('the tracker', () => {
  const other = () => JSON.stringify({ ...line.tracker, name: 'Other' });
  afterEach(() => line.aws.stacks.delete('OtherStack'));

  it('may be found in a stack that is named', async () => {
    line.aws.stacks.set('OtherStack', [other()]);

    expect(await line.run('list', '--stack', 'OtherStack')).toMatchObject({ status: 0 });
    const environment = { DELIVERY_TRACKER_STACK: 'OtherStack' };
    expect(await line.runIn({ environment }, 'list')).toMatchObject({ status: 0 });
    expect(await line.run('list', '--tracker', 'Other')).toMatchObject({ status: 0 });
  });

  it.each([
    ['there are several', [], 'SEVERAL_TRACKERS', 2, /^There are 2 trackers in the stacks of us-east-1\./],
    ['there are several', [], 'SEVERAL_TRACKERS', 2, /\n {2}--stack OtherStack --tracker Other\n$/],
    ['none has that name', ['--tracker', 'Third'], 'NO_SUCH_TRACKER', 4, /named Third\..*\n {2}--stack/],
    ['there is no such stack', ['--stack', 'Nowhere'], 'NO_SUCH_STACK', 4, /Nowhere in us-east-1/],
    ['the stack has none', ['--stack', 'Others'], 'NO_TRACKER', 4, /Others in us-east-1/],
  ])('is missed where %s', async (_, options, code, status, sentence) => {
    line.aws.stacks.set('OtherStack', [other()]);

    const ran = await line.run('list', ...options);

    expect(ran).toMatchObject({ code, status });
    expect(ran.stderr).toMatch(sentence);
  });

  it('is missed for want of a permission, which is named', async () => {
    line.aws.refuse('ListExecutions', 'AccessDeniedException');
    const { status, code, stderr } = await line.run('list');
    line.aws.refuse('ListExecutions');

    expect([status, code]).toEqual([6, 'NOT_PERMITTED']);
    expect(stderr).toContain('states:ListExecutions');
  });
});

describe('the command line', () => {
  it('prints its commands and exit statuses', async () => {
    const { status, stdout } = await line.run('--help');
    expect(status).toBe(0);
    for (const text of ['start', 'retrack', 'forget', '--show-addresses', '130'])
      expect(stdout).toContain(text);
    expect((await line.run('watch', '--help')).stdout).toContain('Exit status');
    expect((await line.run('--version')).stdout).toBe('1.2.3\n');
  });

  it.each([[['shaw']], [['show']], [['list', '--limit', '0']], [['list', '--running', '--failed']]])(
    'refuses %j',
    async (argv) => {
      const { status, code, stderr } = await line.run(...argv);
      expect([status, code]).toEqual([2, 'WRONG_USAGE']);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );

  it('ends at Ctrl-C', async () => {
    const interruption = new AbortController();
    const run = line.runIn({ interrupted: interruption.signal }, 'list');
    interruption.abort();
    expect(await run).toMatchObject({ status: 130, code: 'INTERRUPTED' });
    await sleep(20);
  });
});
