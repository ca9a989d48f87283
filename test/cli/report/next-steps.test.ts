/** What the page says that is to be done. */
import { describe, expect, it } from 'vitest';
import { commandText } from '../../../cli/command-text.ts';
import type { Subject } from '../../../cli/report/data/subject.ts';
import { nextSteps, type Step } from '../../../cli/report/page/next-steps.ts';
import { dataOf, NOW, SAMPLE_SUBJECT, samplePages, sampleRow } from '../../report/sample-campaign.ts';

const CALLED = commandText('npx delivery-tracker');
const ROW = { requestId: 'ds-1', index: 0 };

describe('what to do now', () => {
  const stepsOf = async (subject: Subject) => nextSteps(await dataOf(samplePages(), { subject }), CALLED);
  const textOf = (all: readonly Step[]) =>
    all.map(({ text, commands = [] }) =>
      [text.text, ...commands].join(' ').replaceAll(/<[^>]+>|\s+(?=\s)/g, ''),
    );
  const steps = async (subject: Subject) => textOf(await stepsOf(subject));
  const hamburg = (startedAt: string): Subject => ({
    ...SAMPLE_SUBJECT,
    notifications: SAMPLE_SUBJECT.notifications.map((one) =>
      one.requestId === 'ds-hamburg' ? { ...one, startedAt } : one,
    ),
  });

  it('begins with the most unknown, by whom it is done, and ends with this page once more', async () => {
    const [ask, see, track, write, reach, again, ...others] = await steps(SAMPLE_SUBJECT);

    expect(ask).toMatch(/^You: ask .* about the 2 unknown notifications\./);
    expect(see).toMatch(/^The team that runs the tracker: see whether/);
    expect(track).toMatch(
      /^The team that runs the tracker: have ds-frankfurt tracked again \(it timed out after 1\u00a0h\)/,
    );
    expect(track).toContain('nobody is contacted twice. 50 recipients of ds-frankfurt are without a result.');
    expect(track).toContain('npx delivery-tracker retrack ds-frankfurt');
    expect(write).toMatch(
      /^The team that runs the tracker: write a file .* personal data\. .*--show-addresses$/,
    );
    expect(reach).toMatch(
      /^You: reach the 81 recipients in another way.* More may come: begin with these\.$/,
    );
    expect(again).toMatch(/^The team that runs the tracker: make this page again from time to time/);
    expect(others).toEqual([]);
  });

  it('is to look at what has been running for longer than another took to time out', async () => {
    const [, see] = await steps(SAMPLE_SUBJECT);

    expect(see).toContain('see whether the tracking of ds-hamburg still goes on.');
    expect(see).toContain(
      'running for 2\u00a0h (ds-frankfurt timed out after 1\u00a0h), and nothing has been reported for 1\u00a0h\u00a056\u00a0min. 65 recipients of ds-hamburg are',
    );
    expect(see).toContain('npx delivery-tracker show ds-hamburg');
  });

  it('is to look at what has been running for much longer than the slowest took to complete', async () => {
    const notifications = SAMPLE_SUBJECT.notifications.filter(({ state }) => state !== 'timed-out');
    const allTook = (durationSeconds: number) =>
      notifications.map((one) => (one.state === 'complete' ? { ...one, durationSeconds } : one));

    const soon = await steps({ ...SAMPLE_SUBJECT, notifications: allTook(1_439) });
    const not = await steps({ ...SAMPLE_SUBJECT, notifications: allTook(1_440) });

    expect(soon.join()).toContain(
      '(ds-berlin completed after 23\u00a0min\u00a059\u00a0s), and nothing has been reported for',
    );
    expect(not.join()).toContain('You: wait for ds-hamburg');
  });

  it('is to wait for what has not been running for so long, after everything else', async () => {
    const all = await steps(hamburg('2026-11-24T11:10:00Z'));

    expect(all.join()).not.toContain('see whether');
    expect(all.at(-2)).toBe(
      'You: wait for ds-hamburg: it is still running. 65 recipients of ds-hamburg are without a result.',
    );
    expect(all.at(-1)).toContain('make this page again');
  });

  it('names three, and counts the others', async () => {
    const notifications = ['ds-1', 'ds-2', 'ds-3', 'ds-4', 'ds-5'].map((requestId) => ({
      ...{ requestId, state: 'timed-out' as const },
    }));

    const [track] = await stepsOf({ ...SAMPLE_SUBJECT, expectedNotifications: 5, notifications });

    expect(track?.text.text.replaceAll(/<[^>]+>/g, '')).toContain(
      'have ds-1, ds-2, ds-3 and 2 more tracked again',
    );
    expect(track?.commands).toHaveLength(3);
    expect(track?.others).toBe(2);
  });

  it('is to ask Kore.ai about those who have no result although it has finished', async () => {
    const notifications = [{ requestId: 'ds-1', state: 'complete' as const, recipients: 3 }];
    const subject = { ...SAMPLE_SUBJECT, isOver: true, expectedNotifications: 1, notifications };

    const data = await dataOf([{ requestId: 'ds-1', ended: undefined, rows: [sampleRow(ROW)] }], { subject });

    expect(textOf(nextSteps(data, CALLED))).toEqual([
      'You: ask Kore.ai about ds-1, about which the tracker asks no more. 2 recipients of ds-1 are without a result.',
    ]);
  });

  it('says nothing of how long nothing has been reported where that was an earlier attempt', async () => {
    const [, see] = await steps({
      ...hamburg('2026-11-24T10:30:00Z'),
      notifications: hamburg('2026-11-24T10:30:00Z').notifications.map((one) =>
        one.state === 'timed-out' ? { ...one, durationSeconds: 60 } : one,
      ),
    });

    expect(see).toContain(
      'running for 1\u00a0h\u00a030\u00a0min (ds-frankfurt timed out after 1\u00a0min). 65',
    );
  });

  it('is not to write a file with addresses where the page has them', async () => {
    const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT, showAddresses: true });

    const steps = nextSteps(data, CALLED);

    expect(JSON.stringify(steps)).not.toContain('not-reached.csv');
    expect(steps.at(-1)?.commands?.join()).toContain('--force --show-addresses');
  });

  it('names no list where the page has none', async () => {
    const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

    expect(textOf(nextSteps(data, CALLED)).join()).toContain('They are listed below.');
    expect(textOf(nextSteps({ ...data, notReached: undefined }, CALLED)).join()).not.toContain(
      'listed below',
    );
  });

  it('says nothing of how long nothing has been reported where that is less than a minute', async () => {
    const rows = [sampleRow({ requestId: 'ds-hamburg', index: 0, at: NOW - 59_000 })];

    const data = await dataOf([{ requestId: 'ds-hamburg', rows }], { subject: SAMPLE_SUBJECT });

    expect(textOf(nextSteps(data, CALLED)).join()).toContain(
      'running for 2\u00a0h (ds-frankfurt timed out after 1\u00a0h). 99',
    );
  });

  it('says that more may have no result where nobody said how many recipients there are', async () => {
    const notifications = [
      { requestId: 'ds-1', state: 'timed-out' as const, recipients: 3 },
      { requestId: 'ds-2', state: 'timed-out' as const },
    ];

    expect((await steps({ ...SAMPLE_SUBJECT, notifications })).join()).toContain(
      '3 or more recipients of ds-1 and ds-2 are without a result.',
    );
  });

  it('is nothing where everybody was reached', async () => {
    const [step] = nextSteps(await dataOf([{ requestId: 'ds-1', rows: [sampleRow(ROW)] }]), CALLED);

    expect(step?.text.text).toBe('Nothing: everybody was reached.');
  });

  it('has no command with what is no id, since it may be copied into a shell', async () => {
    const notifications = [{ requestId: 'ds-1; rm -rf ~', state: 'failed' as const }];

    expect((await steps({ ...SAMPLE_SUBJECT, notifications })).join()).not.toContain('rm -rf');
  });
});
