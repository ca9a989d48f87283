/** `campaign`, and what lists say of one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';
import { NOW } from '../delivered.ts';
import { CAMPAIGN, fillCampaign } from './campaign-in-table.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
  await fillCampaign(line);
});
afterAll(() => line.close());

const run = (...argv: string[]) => line.runIn({ now: NOW }, ...argv);
const idsOf = (items: readonly { requestId: string }[]) => items.map(({ requestId }) => requestId);

describe('campaign', () => {
  it('tells totals, reasons, the slowest and obstacles', async () => {
    const { status, stdout } = await run('campaign', CAMPAIGN);

    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'spring-2026  running',
      '  notifications  2 complete, 1 timed out, 2 failed, 2 not heard of yet, of 7',
      '  recipients     4 reached, 3 not reached, of 7 heard of',
      '  started        2026-11-24 11:00:00Z',
      '  checks         9',
      '',
      'Not reached, by reason:',
      'failures  reason',
      '2         No answer from [address]',
      '1         Busy',
      '',
      'Slowest:',
      'notification  bot   took        reached  not reached',
      'ds-late       st-1  1 h         1        1',
      'ds-some       st-1  5 min       1        2',
      'ds-failed     st-1  1 min 30 s  0        0',
      'ds-all        st-1  30 s        2        0',
      'ds-stopped    st-1  10 s        0        0',
      '',
      'Obstacles:',
      'notifications  obstacle              what it means, and what to do',
      '1              CREDENTIALS_REFUSED   Kore.ai refuses the credentials. Compare client id, key, algorithm and API scope with the app in Kore.ai.',
      '1              DEADLINE_PASSED       Kore.ai still said "in progress" at the deadline. Find out in Kore.ai why it is slow, or lengthen the deadline; then track it again.',
      '1              TRACKING_INTERRUPTED  The execution was stopped, or died without its event. Track it again, unless that was intended.',
      '',
    ]);
  });

  it('says the same to machines', async () => {
    const { document } = await run('campaign', CAMPAIGN, '--json');

    expect(document).toMatchObject({
      campaignId: CAMPAIGN,
      state: 'running',
      notifications: { expected: 7, complete: 2, timedOut: 1, failed: 2, missing: 2, extra: 0 },
      counts: { total: 7, delivered: 4, failed: 3 },
      reasons: [
        { reason: 'No answer from [address]', count: 2 },
        { reason: 'Busy', count: 1 },
      ],
    });
  });

  it('asks running trackings whether they belong to it, and what they meet, where it is told to', async () => {
    const { document } = await run('campaign', CAMPAIGN, '--running', '--json');

    expect(document.notifications.running).toBe(1);
    expect(document.obstacles).toContainEqual({
      code: 'PAUSED',
      sentence: expect.stringMatching(/^An operator has paused calls for the bot\. Resume the bot/),
      notifications: 1,
    });
    expect(document.slowest[1]).toMatchObject({
      requestId: 'ds-running',
      state: 'running',
      durationSeconds: 1200,
    });
  });

  it('is known by its notifications alone', async () => {
    const { document } = await run('campaign', 'autumn-2026', '--json');

    expect(document).toMatchObject({ state: 'untracked', notifications: { complete: 1 } });
    expect(document.notifications).not.toHaveProperty('missing');
  });

  it('follows it to its end', async () => {
    const steps = [() => {}, () => line.aws.campaigns.set(CAMPAIGN, { status: 'ABORTED', startedAt: NOW })];
    const onSleep = () => void steps.shift()?.();

    const { status, stdout } = await line.runIn({ now: NOW, onSleep }, 'campaign', CAMPAIGN, '--watch');
    await fillCampaign(line);

    expect(status).toBe(1);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      '12:00:00Z  2 complete, 1 failed, 4 not heard of yet, of 7; 3 reached, 2 not reached',
      'spring-2026  stopped by hand',
    ]);
  });

  it('is left alone at Ctrl-C', async () => {
    const interruption = new AbortController();
    const { status, stderr } = await line.runIn(
      { now: NOW, interrupted: interruption.signal, onSleep: () => interruption.abort() },
      ...['campaign', CAMPAIGN, '--watch'],
    );

    expect(status).toBe(130);
    expect(stderr).toContain('it is tracked all the same');
  });
});

describe('failures --campaign', () => {
  it('groups them by reason, and then shows each, the same person with the same number', async () => {
    const { stdout } = await run('failures', '--campaign', CAMPAIGN);

    expect(stdout.split('\n')).toEqual([
      'Failures in the campaign spring-2026, by reason:',
      'failures  reason',
      '2         No answer from [address]',
      '1         Busy',
      '',
      'Notification by notification, of those that have ended:',
      'time                  bot   notification  recipient           reason',
      '2026-11-24 10:00:00Z  st-1  ds-late       j…n@example.com #1  Busy',
      '2026-11-24 11:00:00Z  st-1  ds-some       j…n@example.com #1  No answer from [address]',
      '2026-11-24 11:00:00Z  st-1  ds-some       j…n@example.com #2  No answer from [address]',
      '',
    ]);
  });

  it('goes on where a page ended', async () => {
    const argv = ['failures', '--campaign', CAMPAIGN, '--json', '--show-addresses', '--limit', '1'];
    const found: string[] = [];
    for (let cursor: string[] | undefined = []; cursor !== undefined; ) {
      const { document } = await run(...argv, ...cursor);
      found.push(...document.failures.map(({ recipient }: { recipient: string }) => recipient));
      cursor = document.next && ['--cursor', document.next];
    }

    expect(found).toEqual(['jan@example.com', 'jan@example.com', 'jon@example.com']);
  });
});

describe('list --campaign', () => {
  it.each([
    [[], ['ds-all', 'ds-failed', 'ds-late', 'ds-some', 'ds-stopped']],
    [['--failed'], ['ds-failed', 'ds-stopped']],
    [['--running'], ['ds-running']],
  ])('shows those that ended, failed or run: %j', async (options, expected) => {
    const { document } = await run('list', '--campaign', CAMPAIGN, '--json', ...options);

    expect(idsOf(document.trackings)).toEqual(expected);
    expect(document.campaignId).toBe(CAMPAIGN);
  });

  it('goes on where a page ended', async () => {
    const argv = ['list', '--campaign', CAMPAIGN, '--json', '--limit', '2'];
    const first = (await run(...argv)).document;
    const second = (await run(...argv, '--cursor', first.next)).document;

    expect(idsOf(second.trackings)).toEqual(['ds-late', 'ds-some']);
  });

  it('refuses the cursor of another campaign', async () => {
    const { document } = await run('list', '--campaign', CAMPAIGN, '--json', '--limit', '2');

    const ran = await run('list', '--campaign', 'autumn-2026', '--cursor', document.next);

    expect(ran).toMatchObject({ status: 2, code: 'CURSOR_OF_ANOTHER_QUERY', stdout: '' });
  });

  it('has no spans of time but for those that run', async () => {
    const ran = await run('list', '--campaign', CAMPAIGN, '--since', '1h');
    expect(ran).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
  });
});

it.each([
  [['campaign', 'nowhere']],
  [['campaign', 'nowhere', '--watch']],
  [['failures', '--campaign', 'nowhere']],
  [['list', '--campaign', 'nowhere']],
  [['retrack', '--campaign', 'nowhere', '--failed']],
  [['retrack', '--campaign', 'nowhere', '--failed', '--dry-run']],
])('nothing is known of a campaign that nobody named: %j', async (argv) => {
  line.aws.operations.length = 0;

  const ran = await run(...argv, '--json');

  expect(ran).toMatchObject({ status: 4, code: 'NO_SUCH_CAMPAIGN' });
  expect(line.aws.operations).not.toContain('StartExecution');
});
