/** What the page says, in words. */
import { describe, expect, it } from 'vitest';
import { commandText } from '../../../cli/command-text.ts';
import type { Subject } from '../../../cli/report/data/subject.ts';
import { nextSteps } from '../../../cli/report/page/next-steps.ts';
import { notificationsSection } from '../../../cli/report/page/notifications-section.ts';
import { headline, outcomeSentence } from '../../../cli/report/page/outcome.ts';
import { reasonsSection } from '../../../cli/report/page/reasons-section.ts';
import { share } from '../../../cli/report/page/words.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages, sampleRow } from '../../report/sample-campaign.ts';

const reachedPage = (count: number) => ({
  requestId: 'ds-1',
  rows: Array.from({ length: count }, (_, index) => sampleRow({ requestId: 'ds-1', index })),
});

const CALLED = commandText('npx delivery-tracker');

describe('the headline', () => {
  it('says that all were reached', async () => {
    expect(headline(await dataOf([reachedPage(3)]))).toBe('All 3 recipients were reached');
  });

  it('says that nothing is known', async () => {
    expect(headline(await dataOf([]))).toBe('Nothing was heard of any recipient');
  });

  it('says that it is not the last word', async () => {
    const data = await dataOf(samplePages(), { subject: { ...SAMPLE_SUBJECT, expectedNotifications: 6 } });

    expect(headline(data)).toBe('So far, 81 of 900 recipients were not reached');
  });

  it('says that there may be more recipients where not all notifications are known', async () => {
    const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

    expect(headline(data)).toBe('81 of the 900 recipients so far known were not reached');
  });
});

it('says the outcome in sentences', async () => {
  const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

  expect(outcomeSentence(data)).toBe(
    'The campaign spring-2026 is not over yet. It has 8 notifications: 4 completed, 1 timed out, 1 still running, 2 unknown. Of its 900 recipients so far known, 704 were reached (78\u00a0%) and 81 were not (9\u00a0%); of the other 115, nothing has been heard yet. “Reached” means that Kore.ai reported success.',
  );
});

describe('what to do now', () => {
  const steps = async (subject: Subject) =>
    nextSteps(await dataOf(samplePages(), { subject }), CALLED).map(({ text }) => text.text);

  it('is to wait, to reach those who were not, to track again and to ask about the unknown', async () => {
    const [wait, reach, track, ask, ...others] = await steps(SAMPLE_SUBJECT);

    expect(wait).toContain('1 notification is still running; 65 recipients hang on it');
    expect(reach).toContain('Reach the 81 recipients in another way');
    expect(track).toContain('50 recipients hang on it, of whom nothing has been heard');
    expect(track).toContain('npx delivery-tracker retrack ds-frankfurt');
    expect(ask).toContain('the 2 unknown notifications');
    expect([wait, reach].join()).not.toContain('FILE');
    expect(others).toEqual([]);
  });

  it('is nothing where everybody was reached', async () => {
    const [step] = nextSteps(await dataOf([reachedPage(3)]), CALLED);

    expect(step?.text.text).toBe('Nothing: everybody was reached.');
  });

  it('has no command with what is no id, since it may be copied into a shell', async () => {
    const notifications = [{ requestId: 'ds-1; rm -rf ~', state: 'failed' as const }];

    expect((await steps({ ...SAMPLE_SUBJECT, notifications })).join()).not.toContain('rm -rf');
  });
});

describe('the notifications', () => {
  const sectionOf = async (subject: Subject) =>
    notificationsSection(await dataOf(samplePages(), { subject })).text.replaceAll(/<[^>]+>/g, '');

  it('have a slowest one of those that completed, and the others are named with their silence', async () => {
    const text = await sectionOf(SAMPLE_SUBJECT);

    expect(text).toMatch(/the slowest was ds-berlin, which took 28 min 30 s\s/);
    expect(text).toContain('Half of these 4 took 15 min or less.');
    expect(text).toContain(
      'Not completed: ds-frankfurt (timed out; nothing has come for 1 h 42 min), ds-hamburg',
    );
  });

  it('have no slowest one where none completed', async () => {
    const notifications = SAMPLE_SUBJECT.notifications.slice(4);

    expect(await sectionOf({ ...SAMPLE_SUBJECT, notifications })).toContain('None has completed.');
  });

  it('say that the unknown ones are not listed', async () => {
    expect(await sectionOf(SAMPLE_SUBJECT)).toContain('The 2 unknown ones are not listed');
  });
});

it('draws a reason as its share of those who were not reached', async () => {
  const { text } = reasonsSection(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));

  expect(
    [...text.matchAll(/<rect class="not-reached" width="(\d+)/g)].map(([, width]) => Number(width)),
  ).toEqual([51, 24, 23]);
});

it.each([
  [0, 10, '0 %'],
  [1, 1_000, '< 1 %'],
  [999, 1_000, '> 99 %'],
  [10, 10, '100 %'],
  [0, 0, '0 %'],
])('%s of %s is a share that is not rounded to none or all', (part, whole, text) => {
  expect(share(part, whole)).toBe(text.replaceAll(' ', '\u00a0'));
});
