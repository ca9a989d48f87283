/** `retrack --campaign`. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';
import { NOW } from '../delivered.ts';
import { CAMPAIGN, fillCampaign } from './campaign-in-table.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(async () => {
  await fillCampaign(line);
  line.aws.operations.length = 0;
});

const retrack = (...options: string[]) =>
  line.runIn({ now: NOW }, 'retrack', '--campaign', CAMPAIGN, '--rate', '100', ...options);
const started = () => [...line.aws.executions.keys()].filter((name) => name.includes('--')).sort();

describe('retrack --campaign', () => {
  it.each([
    [['--failed'], ['ds-failed--2', 'ds-stopped--2']],
    [['--timed-out'], ['ds-late--2']],
    [
      ['--failed', '--timed-out'],
      ['ds-failed--2', 'ds-late--2', 'ds-stopped--2'],
    ],
  ])('starts another attempt at each of them: %j', async (options, expected) => {
    const { status, document } = await retrack(...options, '--json');

    expect(status).toBe(0);
    expect(document).toMatchObject({
      campaignId: CAMPAIGN,
      total: expected.length,
      started: expected.length,
    });
    expect(started()).toEqual(expected);
    expect(JSON.parse(line.aws.executions.get(expected[0] ?? '')?.input ?? '')).toMatchObject({
      streamId: 'st-1',
      campaignId: CAMPAIGN,
    });
  });

  it('starts only those that ended with the error that it is given', async () => {
    const { document } = await retrack('--failed', '--timed-out', '--code', 'DEADLINE_PASSED', '--json');

    expect(document).toMatchObject({ code: 'DEADLINE_PASSED', total: 1, started: 1 });
    expect(started()).toEqual(['ds-late--2']);
  });

  it('starts none twice, however often it runs', async () => {
    await retrack('--failed');

    const { status, stdout } = await retrack('--failed');

    expect(status).toBe(0);
    expect(stdout).toContain('2 notifications: 0 started, 2 already tracked, 0 failed.');
    expect(started()).toEqual(['ds-failed--2', 'ds-stopped--2']);
  });

  it('says in a dry run which it would start, and starts none', async () => {
    line.aws.executions.set('ds-stopped--2', { status: 'RUNNING', startedAt: NOW });

    const { status, stdout } = await retrack('--failed', '--dry-run');
    const { document } = await retrack('--failed', '--dry-run', '--json');

    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'notification  would be tracked',
        'ds-failed     as attempt 2',
        'ds-stopped    not: TRACKING_RUNNING',
        '1 would be tracked again. Nothing was started.',
        '',
      ].join('\n'),
    );
    expect(document).toMatchObject({ dryRun: true, wouldStart: 1 });
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('goes on past one that cannot be started, and says which', async () => {
    line.aws.refuse('StartExecution', 'InvalidName');
    const { status, stdout } = await retrack('--failed');
    line.aws.refuse('StartExecution');

    expect(status).toBe(1);
    expect(stdout).toContain('0 started, 0 already tracked, 2 failed');
    expect(stdout).toContain('ds-failed: states:StartExecution failed: InvalidName');
  });

  it('says that none ended so', async () => {
    const { status, stdout } = await line.runIn(
      { now: NOW },
      ...['retrack', '--campaign', 'autumn-2026', '--failed'],
    );

    expect([status, stdout]).toEqual([
      0,
      'No notification of the campaign autumn-2026 ended failed. There is nothing to track again.\n',
    ]);
  });

  it.each([
    [['retrack']],
    [['retrack', '--campaign', CAMPAIGN]],
    [['retrack', '--failed']],
    [['retrack', 'ds-failed', '--campaign', CAMPAIGN]],
    [['retrack', 'ds-failed', '--failed']],
  ])('refuses half of a question: %j', async (argv) => {
    expect(await line.run(...argv)).toMatchObject({ status: 2, code: 'WRONG_USAGE', stdout: '' });
    expect(line.aws.operations).toEqual([]);
  });
});

it('says in a dry run of one notification as which attempt it would be tracked', async () => {
  const { stdout } = await line.run('retrack', 'ds-failed', '--dry-run');

  expect(stdout).toBe('ds-failed would be tracked again, as attempt 2. Nothing was started.\n');
  expect(started()).toEqual([]);
});
