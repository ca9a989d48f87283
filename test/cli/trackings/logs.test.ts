/** `logs`: what checks logged, out of CloudWatch Logs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, obeyedIn } from '../../hostile-text.ts';
import { koreThat, STREAM_ID, says, trackAt } from '../../workflow/tracking-harness.ts';
import type { Fields } from '../aws-on-loopback.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const START = Date.UTC(2026, 10, 26, 3);
const NOW = START + 3_600_000;
const CHECKS = '/aws/lambda/check';
const CAMPAIGNS = '/aws/lambda/check-campaign';

let line: CommandLine;
let requests: Fields[];
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(() => {
  requests = [];
  const { executions, campaigns } = line.aws;
  executions.clear();
  executions.set('ds-1', { status: 'FAILED', startedAt: START, endedAt: START + 1_000 });
  executions.set('ds-1--2', { status: 'SUCCEEDED', startedAt: START + 5_000, endedAt: START + 60_000 });
  campaigns.clear();
  campaigns.set('spring', { status: 'RUNNING', startedAt: START, input: '{"notifications":2}' });
});

const logged = (seconds: number, fields: object) => ({
  timestamp: START + 1000 * seconds,
  message: JSON.stringify({ service: 'Tracker', timestamp: 'its own', ...fields }),
});
const check = (requestId: string, number: number, fields: object = {}) => ({
  ...{ level: 'INFO', message: 'checked', requestId, streamId: 'st-1', check: number },
  ...fields,
});

/** A page for each list of events, by log group. */
function logsHave(pages: Readonly<Record<string, readonly (readonly object[])[]>>) {
  line.aws.others.set('FilterLogEvents', (request) => {
    requests.push(request);
    const index = Number(request.nextToken ?? 0);
    const ofGroup = pages[request.logGroupName] ?? [];
    return {
      events: ofGroup[index] ?? [],
      ...(index + 1 < ofGroup.length && { nextToken: String(index + 1) }),
    };
  });
}

const run = (...argv: string[]) => line.runIn({ now: NOW }, 'logs', ...argv);

describe('logs of a notification', () => {
  const whole = {
    [CHECKS]: [
      [logged(1, check('ds-1', 1, { outcome: 'waiting', counts: { total: 2, delivered: 1, failed: 1 } }))],
      [],
      [
        logged(2, { level: 'WARN', message: 'obstacle', requestId: 'ds-1', check: 2, code: 'PAUSED' }),
        logged(3, { _aws: {}, requestId: 'ds-1', DetectionLag: 3 }),
        { timestamp: START, message: 'START RequestId: 1' },
      ],
    ],
  };

  it('are its lines of all attempts in order, page after page, without those of metrics', async () => {
    logsHave(whole);

    const { status, stdout } = await run('ds-1');

    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'time                  level  check  line',
      '2026-11-26 03:00:01Z  INFO   1      checked outcome=waiting counts.total=2 counts.delivered=1 counts.failed=1',
      '2026-11-26 03:00:02Z  WARN   2      obstacle code=PAUSED',
      '',
    ]);
  });

  it('are none, and nothing is asked, where it ended before the time that is wanted', async () => {
    logsHave(whole);

    const { status, stdout } = await run('ds-1', '--since', '30m');

    expect([status, requests]).toEqual([0, []]);
    expect(stdout).toContain('No lines about ds-1 since 2026-11-26 03:30:00Z.');
  });

  it('are asked for from 1970 at the earliest, since AWS takes no time before', async () => {
    logsHave(whole);

    await run('ds-1', '--since', '1960-01-01');

    expect(requests[0]?.startTime).toBe(0);
  });

  it('are asked for by its id, from the start of its first attempt until shortly after the end of its last', async () => {
    logsHave(whole);

    await run('ds-1');

    expect(requests[0]).toEqual({
      logGroupName: CHECKS,
      filterPattern: '{ $.requestId = "ds-1" }',
      startTime: START,
      endTime: START + 180_000,
    });
    expect(requests).toHaveLength(3);
  });

  it('are asked for from another time if told to, and to now while it runs', async () => {
    logsHave(whole);
    line.aws.executions.set('ds-1--2', { status: 'RUNNING', startedAt: START + 5_000 });

    await run('ds-1', '--since', '30m');

    expect(requests[0]).toMatchObject({ startTime: NOW - 1_800_000 });
    expect(requests[0]).not.toHaveProperty('endTime');
  });

  it('are whole documents for machines', async () => {
    logsHave(whole);

    const { document } = await run('ds-1', '--json');
    const { stdout } = await run('ds-1', '--output', 'ndjson');
    const { stdout: csv } = await run('ds-1', '--output', 'csv');

    expect(document).toMatchObject({ requestId: 'ds-1', since: '2026-11-26T03:00:00.000Z', more: false });
    expect(document.lines[0]).toEqual({
      ...{ time: '2026-11-26T03:00:01.000Z', level: 'INFO', message: 'checked' },
      ...{ requestId: 'ds-1', streamId: 'st-1', check: 1, outcome: 'waiting' },
      counts: { total: 2, delivered: 1, failed: 1 },
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text).code),
    ).toEqual([undefined, 'PAUSED']);
    expect(csv.split('\r\n')[2]).toContain('obstacle,ds-1,,,,2,,,PAUSED');
  });

  it('are found in what a check really logs', async () => {
    const origin = await koreThat((_, response) => says(response, 'SUCCESS'));
    const { logLines } = await trackAt(origin, { input: { requestId: 'ds-1', streamId: STREAM_ID } });
    logsHave({ [CHECKS]: [logLines.map((message) => ({ timestamp: START, message }))] });

    const { document } = await run('ds-1', '--json');

    const messages = document.lines.map(({ message }: Fields) => message);
    expect(messages).toEqual(expect.arrayContaining(['planned', 'checked']));
    expect(document.lines.at(-1)).toMatchObject({ outcome: 'complete', status: 'SUCCESS' });
  });

  it('say that there are none', async () => {
    logsHave({});

    expect(await run('ds-1')).toMatchObject({
      status: 0,
      stdout:
        'No lines about ds-1 since 2026-11-26 03:00:00Z. A line can be found some seconds after it was written.\n',
    });
  });

  it('keep texts of others off the terminal', async () => {
    logsHave({ [CHECKS]: [[logged(1, check('ds-1', 1, { message: HOSTILE, reason: HOSTILE }))]] });

    const [table, csv, json] = [
      await run('ds-1'),
      await run('ds-1', '--output', 'csv'),
      await run('ds-1', '--json'),
    ];

    expect([table, csv, json].flatMap(({ stdout }) => obeyedIn(stdout.replaceAll('\r\n', '\n')))).toEqual([]);
  });

  it('are of no notification that nobody knows', async () => {
    expect(await run('ds-nobody')).toMatchObject({ status: 4, code: 'NO_SUCH_TRACKING' });
    expect(requests).toEqual([]);
  });

  it('name the action that is not allowed', async () => {
    line.aws.others.set('FilterLogEvents', () => ({ error: 'AccessDeniedException' }));

    const { status, code, stderr } = await run('ds-1');

    expect([status, code]).toEqual([6, 'NOT_PERMITTED']);
    expect(stderr).toContain('logs:FilterLogEvents');
  });
});

describe('logs of a campaign', () => {
  it('are those of its own checks', async () => {
    logsHave({ [CAMPAIGNS]: [[logged(1, { level: 'INFO', message: 'checked', campaignId: 'spring' })]] });

    const { document } = await run('--campaign', 'spring', '--json');

    expect(document).toMatchObject({ campaignId: 'spring', lines: [{ message: 'checked' }] });
    expect(requests[0]).toMatchObject({
      logGroupName: CAMPAIGNS,
      filterPattern: '{ $.campaignId = "spring" }',
      startTime: START,
    });
  });

  it('need a tracker that names their log', async () => {
    line.aws.stacks.set('Earlier', [JSON.stringify({ ...line.tracker, campaignLogGroupName: undefined })]);

    const { status, code, stderr } = await run('--campaign', 'spring', '--stack', 'Earlier');
    line.aws.stacks.delete('Earlier');

    expect([status, code]).toEqual([4, 'TRACKER_TOO_OLD']);
    expect(stderr).toContain('Deploy its stack again');
  });
});

describe('logs of all', () => {
  it('are warnings, errors and invocations that failed of the last hour, of both functions in order of time', async () => {
    logsHave({
      [CHECKS]: [
        [
          logged(1, { level: 'WARN', message: 'obstacle', requestId: 'ds-1', check: 1, code: 'PAUSED' }),
          logged(3, {
            level: 'ERROR',
            message: { errorType: 'TypeError', errorMessage: 'of jane@example.com' },
          }),
          logged(4, {
            type: 'platform.report',
            record: { status: 'timeout', metrics: { durationMs: 60_000 } },
          }),
          logged(5, check('ds-1', 2)),
        ],
      ],
      [CAMPAIGNS]: [[logged(2, { level: 'WARN', message: 'rejected input', campaignId: 'spring' })]],
    });

    const { stdout } = await run();

    expect(stdout.split('\n')).toEqual([
      'time                  level  about   check  line',
      '2026-11-26 03:00:01Z  WARN   ds-1    1      obstacle code=PAUSED',
      '2026-11-26 03:00:02Z  WARN   spring         rejected input',
      '2026-11-26 03:00:03Z  ERROR                 TypeError: of [address]',
      '2026-11-26 03:00:04Z  ERROR                 invocation ended: timeout durationMs=60000',
      '',
    ]);
    expect(requests[0]).toMatchObject({ startTime: NOW - 3_600_000 });
    expect(requests[0]?.filterPattern).toMatch(
      /^\{ \$\.level = "WARN" \|\| .*\$\.record\.status = "timeout" \}$/,
    );
  });

  it('are those of the one log that an earlier release names', async () => {
    logsHave({ [CHECKS]: [[logged(1, { level: 'WARN', message: 'obstacle' })]] });
    line.aws.stacks.set('Earlier', [JSON.stringify({ ...line.tracker, campaignLogGroupName: undefined })]);

    const { document } = await run('--stack', 'Earlier', '--json');
    line.aws.stacks.delete('Earlier');

    expect(document.lines).toHaveLength(1);
  });
});

it('refuses two subjects', async () => {
  expect(await run('ds-1', '--campaign', 'spring')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
});
