/** What a report counts, from rows as they come. */
import { describe, expect, it } from 'vitest';
import { EndsCounter } from '../../../cli/report/data/ends-over-time.ts';
import { ManyPeople } from '../../../cli/report/data/many-people.ts';
import { NotReachedLister } from '../../../cli/report/data/not-reached-list.ts';
import { notificationFacts } from '../../../cli/report/data/notification-facts.ts';
import { SharedTexts } from '../../../cli/report/data/shared-texts.ts';
import { dataOf, NOW, SAMPLE_SUBJECT, samplePages, sampleRow } from '../../report/sample-campaign.ts';

describe('a campaign that is not over', () => {
  it('counts who was reached, who was not and who was not heard of', async () => {
    const { totals } = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

    expect(totals).toEqual({ reached: 704, notReached: 81, undecided: 0, notHeardOf: 115, isAtLeast: true });
  });

  it('knows how many notifications are missing', async () => {
    expect((await dataOf(samplePages(), { subject: SAMPLE_SUBJECT })).missing).toBe(2);
  });

  it('keeps a notification running that has the summary of an earlier attempt', async () => {
    const subject = { ...SAMPLE_SUBJECT, notifications: [{ requestId: 'ds-1', state: 'running' as const }] };

    const { notifications } = await dataOf([{ requestId: 'ds-1', ended: { state: 'timed-out' }, rows: [] }], {
      subject,
    });

    expect(notifications.map(({ state }) => state)).toEqual(['running']);
  });
});

it('counts a person once who is not reached twice', async () => {
  const rows = [1, 2].map((index) =>
    sampleRow({ requestId: 'ds-1', index, recipient: 'ann@example.com', failsFor: 'Busy' }),
  );

  const { totals, peopleNotReached } = await dataOf([{ requestId: 'ds-1', rows }]);

  expect([totals.notReached, peopleNotReached]).toEqual([2, 1]);
});

describe('a notification', () => {
  it.each([
    ['complete', undefined, 0],
    ['failed', undefined, undefined],
    ['timed-out', 12, 4],
    ['running', 5, 0],
  ] as const)(
    'that is %s, of %s recipients of whom 8 are known, has not been heard of for %s',
    (state, recipients, notHeardOf) => {
      const facts = notificationFacts(
        { requestId: 'ds-1', state, recipients },
        { total: 8, delivered: 8, failed: 0 },
      );

      expect(facts.notHeardOf).toBe(notHeardOf);
    },
  );
});

describe('texts of others', () => {
  it('are told where three people share them, most frequent first', () => {
    const texts = new SharedTexts(true);
    for (const person of [1, 2, 3]) texts.add('busy', person);
    for (const person of [1, 2, 3, 4]) texts.add('gone', person);
    texts.add('John is ill', 5);

    expect(texts.counted()).toEqual([
      { text: 'gone', count: 4 },
      { text: 'busy', count: 3 },
      { text: 'other', count: 1 },
    ]);
  });

  it('stay rare where one person has them often', () => {
    const texts = new SharedTexts(true);
    for (let times = 0; times < 9; times += 1) texts.add('John is ill', 'john');

    expect(texts.labelOf('John is ill')).toBe('other');
  });

  it('are all told where addresses are shown', () => {
    const texts = new SharedTexts(false);
    texts.add('John is ill', 'john');

    expect(texts.labelOf('John is ill')).toBe('John is ill');
  });

  it('of which nothing was heard before are "other"', () => {
    expect(new SharedTexts(true).labelOf('new')).toBe('other');
  });

  it('are bounded', () => {
    const texts = new SharedTexts(false);
    for (let number = 0; number < 10_050; number += 1) texts.add(`reason ${number}`, number);

    expect(texts.counted().at(-1)).toEqual({ text: 'other', count: 50 });
  });
});

describe('ends over time', () => {
  it('are counted by the second where they are few', () => {
    const ends = new EndsCounter(NOW);
    ends.add('2026-11-24T10:00:00.100Z', true);
    ends.add('2026-11-24T10:00:00.900Z', false);
    ends.add('2026-11-24T10:00:02.000Z', true);

    const { spanMs, spans } = ends.finish();

    expect(spanMs).toBe(1_000);
    expect(spans.map(({ reached, notReached }) => [reached, notReached])).toEqual([
      [1, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  it('are counted in longer spans where they last long, and none is lost', () => {
    const ends = new EndsCounter(NOW);
    for (let number = 0; number < 5_000; number += 1) {
      ends.add(new Date(NOW - number * 61_000).toISOString(), number % 2 === 0);
    }

    const { spans, spanMs } = ends.finish();

    expect(spanMs).toBe(3_600_000);
    expect(spans.length).toBeLessThanOrEqual(90);
    expect(spans.reduce((sum, { reached, notReached }) => sum + reached + notReached, 0)).toBe(5_000);
  });

  it.each(['', 'soon', '1970-01-01T00:00:00Z', '9999-12-31T00:00:00Z'])(
    'leave out what is no time of this time: %j',
    (time) => {
      const ends = new EndsCounter(NOW);
      ends.add(time, true);

      expect(ends.finish()).toMatchObject({ spans: [], withoutTime: 1 });
    },
  );
});

it('numbers people by their address, however it is written, up to a limit', () => {
  const people = new ManyPeople({ showAddresses: false }, 2);

  expect(['ann@x', 'ben@x', ' ANN@x', 'cid@x', 'ben@x'].map((one) => people.numberOf(one))).toEqual([
    1, 2, 1, 0, 2,
  ]);
});

it('lists nobody where there are more than a page holds', () => {
  const told = { recipient: 'a', person: 1, channel: '', reason: '' };
  const lister = new NotReachedLister(2);
  const add = () => lister.add({ told, channel: 0, reason: 0, requestId: 'ds-1', createdOn: '' });

  add();
  add();
  expect(lister.finish([], [])?.recipients).toHaveLength(2);
  add();
  expect(lister.finish([], [])).toBeUndefined();
});
