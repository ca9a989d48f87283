/** What the page says, in words. */
import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../cli/report/data/subject.ts';
import { endsSection } from '../../../cli/report/page/ends-section.ts';
import { notificationsList } from '../../../cli/report/page/notifications-list.ts';
import { notHeardOfSection, notificationsSection } from '../../../cli/report/page/notifications-section.ts';
import { headline, outcomeSentence } from '../../../cli/report/page/outcome.ts';
import { pageParts } from '../../../cli/report/page/page.ts';
import { reasonsSection } from '../../../cli/report/page/reasons-section.ts';
import { totalsSection } from '../../../cli/report/page/totals-section.ts';
import { share } from '../../../cli/report/page/words.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages, sampleRow } from '../../report/sample-campaign.ts';

const reachedPage = (count: number) => ({
  requestId: 'ds-1',
  rows: Array.from({ length: count }, (_, index) => sampleRow({ requestId: 'ds-1', index })),
});

const BERLIN: Subject = {
  ...{ kind: 'campaign', id: 'spring-2026', isOver: true },
  notifications: SAMPLE_SUBJECT.notifications.slice(0, 1),
};

describe('the headline', () => {
  it('says that all were reached', async () => {
    expect(headline(await dataOf([reachedPage(3)]))).toBe('All 3 recipients were reached');
  });

  it('says that nothing is known', async () => {
    expect(headline(await dataOf([]))).toBe('No recipient has a result');
  });

  it('says how many were not reached, where each has a result', async () => {
    expect(headline(await dataOf(samplePages().slice(0, 1), { subject: BERLIN }))).toBe(
      '30 of 240 recipients were not reached',
    );
  });

  it('has all outcomes of what is over, where some have no result', async () => {
    const subject: Subject = { ...SAMPLE_SUBJECT, isOver: true, expectedNotifications: 6 };

    expect(headline(await dataOf(samplePages(), { subject }))).toBe(
      'Over: 704 recipients reached, 81 not reached, 115 without a result',
    );
  });

  it('says that it is not the last word', async () => {
    const data = await dataOf(samplePages(), { subject: { ...SAMPLE_SUBJECT, expectedNotifications: 6 } });

    expect(headline(data)).toBe('Not over yet: 704 recipients reached, 81 not reached, 115 without a result');
  });

  it('says that there may be more recipients where not all notifications are known', async () => {
    const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

    expect(headline(data)).toBe(
      'Not over yet: 704 recipients reached, 81 not reached, 115 or more without a result',
    );
  });
});

it('says the outcome in sentences', async () => {
  const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

  expect(outcomeSentence(data)).toBe(
    'The campaign spring-2026 is not over yet. It has 8 notifications: 4 completed, 1 timed out, 1 still running, 2 unknown. Of its 900 recipients known so far, 704 were reached (78\u00a0%), 81 were not (9\u00a0%) and 115 have no result yet (13\u00a0%). Plus the recipients of 2 unknown notifications; how many these are is not known.',
  );
});

describe('the notifications', () => {
  const sectionOf = async (subject: Subject) =>
    notificationsSection(await dataOf(samplePages(), { subject })).text.replaceAll(/<[^>]+>/g, '');

  it('have a slowest one of those that completed, and the others are named', async () => {
    const text = await sectionOf(SAMPLE_SUBJECT);

    expect(text).toContain(
      'Slowest of those that completed: ds-berlin, 28\u00a0min\u00a030\u00a0s, from the start',
    );
    expect(text).toContain('Half of these 4 took 15\u00a0min or less.');
    expect(text).toContain(
      'Not completed: ds-frankfurt (gave up after 1\u00a0h) and ds-hamburg (2\u00a0h so far).',
    );
  });

  it('say that their shares are rounded, where they do not add up', async () => {
    expect(await sectionOf(SAMPLE_SUBJECT)).toContain('Shares are rounded.');
  });

  it('have no slowest one where none completed', async () => {
    const notifications = SAMPLE_SUBJECT.notifications.slice(4);

    expect(await sectionOf({ ...SAMPLE_SUBJECT, notifications })).toContain('None has completed.');
  });

  it('are not said not to have completed where their end is not recorded', async () => {
    const notifications = [
      { requestId: 'ds-lost', state: 'unknown' as const },
      { requestId: 'ds-late', state: 'timed-out' as const, durationSeconds: 60 },
    ];

    expect(await sectionOf({ ...SAMPLE_SUBJECT, notifications })).toContain(
      'Not completed: ds-late (gave up after 1\u00a0min).',
    );
  });

  it('say that the unknown ones are not listed', async () => {
    expect(await sectionOf(SAMPLE_SUBJECT)).toContain('The 2 unknown ones are not listed');
  });
});

describe('the notifications as a list', () => {
  const listed = async (given: object) => {
    const notifications = [{ requestId: 'ds-1', state: 'failed' as const, ...given }];
    return notificationsList(await dataOf([], { subject: { ...SAMPLE_SUBJECT, notifications } }));
  };

  it('has the number by which it sorts beside what those took that have not completed', async () => {
    expect(notificationsList(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }))).toMatchObject({
      seconds: [1_710, 1_275, 900, 440, 3_600, 7_200],
      took: [
        '28\u00a0min\u00a030\u00a0s',
        '21\u00a0min\u00a015\u00a0s',
        '15\u00a0min',
        '7\u00a0min\u00a020\u00a0s',
        'gave up after 1\u00a0h',
        '2\u00a0h so far',
      ],
      total: { recipients: '900', notReached: '81', share: '9\u00a0%', notHeardOf: '115' },
    });
  });

  it.each([
    [{ errorCode: 'CREDENTIALS_REFUSED' }, 'failed: Kore.ai refuses the credentials.'],
    [{ errorCode: 'OF_ANOTHER_RELEASE' }, 'failed: OF_ANOTHER_RELEASE'],
    [{ state: 'timed-out', errorCode: 'DEADLINE_PASSED' }, 'timed out'],
    [{}, 'failed'],
  ])('says of %j: %s', async (given, state) => {
    expect(await listed(given)).toMatchObject({ states: [state] });
  });

  it('has no share where nobody said how many recipients there are', async () => {
    expect(await listed({})).toMatchObject({ recipients: [null], shares: [null] });
  });
});

it('tells persons by number only where it lists them', async () => {
  const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });
  const page = (given: typeof data) => [...pageParts(given)].join('');

  expect(page(data)).toContain('and “person 7” is one person');
  expect(page({ ...data, notReached: undefined })).not.toContain('person 7');
});

it('has unknown notifications beside those that are known, where there are such', async () => {
  const sectionOf = async (subject: Subject) =>
    notHeardOfSection(await dataOf(samplePages(), { subject })).text.replaceAll(/<[^>]+>/g, '');
  const all = { ...SAMPLE_SUBJECT, notifications: SAMPLE_SUBJECT.notifications.slice(0, 4) };

  expect(await sectionOf(SAMPLE_SUBJECT)).toContain('besides these, all recipients of 2 notifications');
  expect(
    await dataOf(samplePages().slice(0, 4), { subject: all }).then((data) => notHeardOfSection(data).text),
  ).toContain('<li>all recipients of 4 notifications');
});

it('says how many addresses there are, where one has several recipients', async () => {
  const failed = (index: number, recipient: string) =>
    sampleRow({ requestId: 'ds-1', index, recipient, failsFor: 'Busy' });
  const textOf = async (recipients: readonly string[]) =>
    reasonsSection(
      await dataOf([{ requestId: 'ds-1', rows: recipients.map((one, index) => failed(index, one)) }]),
    ).text;

  expect(await textOf(['ann@example.com', 'ann@example.com'])).toContain('2 recipients, with one address.');
  expect(await textOf(['ann@example.com', 'bob@example.com'])).toContain('2 recipients. The words');
  expect(await textOf(['ann@example.com', 'ann@example.com', 'bob@example.com'])).toContain(
    '3 recipients, with 2 different addresses.',
  );
});

it('says that those without a result may have been reached', async () => {
  const { text } = notHeardOfSection(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT }));

  expect(text).toContain('Kore.ai has not named them yet');
  expect(text).toContain('do not contact them before that is known');
});

it('has the number of those without a result, and beside it what is in no number', async () => {
  const text = totalsSection(await dataOf(samplePages(), { subject: SAMPLE_SUBJECT })).text;

  expect(text).toContain('<td class="number">115</td>');
  expect(text).toContain(
    'Plus the recipients of 2 unknown notifications; how many these are is not known. Shares are of the 900.',
  );
});

it.each([
  [false, true],
  [true, false],
])('says since when nothing has been reported, unless it is over: %s', async (isOver, isSaid) => {
  const { text } = endsSection(await dataOf(samplePages(), { subject: { ...SAMPLE_SUBJECT, isOver } }));

  expect(text.includes('Nothing has been reported since <time datetime="2026-11-24T10:27:53')).toBe(isSaid);
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
