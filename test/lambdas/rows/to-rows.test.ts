import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  botOf,
  FAILURE_SHARDS,
  failureKeys,
  normaliseRecipient,
} from '../../../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { digestOf, type FreshRow, toRows, underKey } from '../../../lambdas/check-delivery/rows/to-rows.ts';

const notification = { requestId: 'ds-tracked', streamId: 'st-tracked' };
const askedAt = Date.parse('2026-05-26T05:53:20.000Z');
const saving = { now: Date.parse('2026-05-26T05:53:22.883Z'), askedAt, retentionDays: 90 };
const savedAt = '2026-05-26T05:53:22.883Z';

const entry = {
  _id: 'nl-64c2a45e-1700-58f5-a474-add8bfc86f13',
  streamId: 'st-of-kore',
  comments: 'Notification has been sent successfully',
  channel: 'ivr',
  originalId: 'John.Doe@example.com',
  requestId: 'ds-of-kore',
  status: 'SUCCESS',
  createdOn: '2025-05-26T05:53:22.883Z',
  __v: 0,
};

const rowsOf = (...entries: unknown[]) => toRows(entries, notification, saving);
function rowOf(one: unknown): FreshRow {
  const [row] = rowsOf(one);
  if (row === undefined) throw new Error('no row');
  return row;
}
/** Entries that often share an id, and now and then have an odd one. */
const anyId = fc.oneof(
  fc.constantFrom('nl-1', 'nl-2', SUMMARY_ID, '', ' ', 'nl-1~', null, 7),
  fc.string(),
  fc.stringMatching(/^sha256-[0-9a-f]{32}$/),
);
const someFields = { _id: anyId, status: fc.constantFrom('SUCCESS', 'FAILURE', 7), n: fc.nat(2) };
const anyEntry = fc
  .oneof(fc.record(someFields, { requiredKeys: [] }), fc.jsonValue())
  .map((entry): unknown => JSON.parse(JSON.stringify(entry)));
const anyEntries = fc.array(anyEntry, { maxLength: 30 });

describe('a row', () => {
  it('has keys of the tracker and the entry of Kore', () => {
    expect(rowOf(entry)).toEqual({
      requestId: 'ds-tracked',
      logId: 'nl-64c2a45e-1700-58f5-a474-add8bfc86f13',
      identity: expect.stringMatching(/^[0-9a-f]{32}$/),
      recipient: 'john.doe@example.com',
      status: 'SUCCESS',
      createdOn: '2025-05-26T05:53:22.883Z',
      askedAt,
      savedAt,
      expiresAt: Date.parse('2026-08-24T05:53:22Z') / 1000,
      log: entry,
    });
  });

  it.each([null, 'text', 7, true, [], {}])('is made of %j as well', (odd) => {
    expect(rowOf(odd)).toEqual({
      requestId: 'ds-tracked',
      logId: expect.stringMatching(/^sha256-[0-9a-f]{32}$/),
      identity: expect.stringMatching(/^[0-9a-f]{32}$/),
      status: 'UNKNOWN',
      createdOn: savedAt,
      askedAt,
      savedAt,
      expiresAt: expect.any(Number),
      log: odd,
    });
  });

  it('holds the entry untouched, whatever it is', () => {
    fc.assert(
      fc.property(anyEntry, (any) => {
        const before = JSON.stringify(any);
        expect(rowOf(any).log).toBe(any);
        expect(JSON.stringify(any)).toBe(before);
      }),
    );
  });
});

describe('the recipient', () => {
  it('is normalised', () => {
    expect(normaliseRecipient('  John.Doe@Example.COM\n')).toBe('john.doe@example.com');
  });

  it('is the same in composed and decomposed form', () => {
    const [composed, decomposed] = ['Zo\u00eb@example.com', 'Zoe\u0308@example.com'];
    expect(rowOf({ ...entry, originalId: decomposed }).recipient).toBe('zo\u00eb@example.com');
    expect(rowOf({ ...entry, originalId: composed }).recipient).toBe('zo\u00eb@example.com');
  });

  it('may be a number, as of a phone', () => {
    expect(rowOf({ ...entry, originalId: 4_917_112_345_678 }).recipient).toBe('4917112345678');
  });

  it('has no half of a surrogate pair', () => {
    expect(rowOf({ ...entry, originalId: 'a\ud800b' }).recipient).toBe('a\ufffdb');
  });

  it.each(['', '   ', null, true, ['a'], 'x'.repeat(2049), 'é'.repeat(1025)])(
    'is left out where the table could not take it',
    (originalId) => {
      expect(rowOf({ ...entry, originalId })).not.toHaveProperty('recipient');
    },
  );

  it('may be as long as the table takes', () => {
    expect(rowOf({ ...entry, originalId: 'é'.repeat(1024) }).recipient).toHaveLength(1024);
  });
});

describe('the status', () => {
  it('is upper case, without surrounding space', () => {
    expect(rowOf({ ...entry, status: ' failure ' }).status).toBe('FAILURE');
  });

  it.each(['', '  ', null, 7, {}])('is UNKNOWN where Kore sent %j', (status) => {
    expect(rowOf({ ...entry, status }).status).toBe('UNKNOWN');
  });

  it('is UNKNOWN where Kore sent more than a word', () => {
    expect(rowOf({ ...entry, status: 'waiting for john.doe@example.com' }).status).toBe('UNKNOWN');
  });
});

describe('the time of creation', () => {
  it('is in UTC, whatever zone Kore sent', () => {
    expect(rowOf({ ...entry, createdOn: '2025-05-26T07:53:22+02:00' }).createdOn).toBe(
      '2025-05-26T05:53:22.000Z',
    );
  });

  it.each([
    '',
    'yesterday',
    null,
    1_748_238_802_883,
    ['2025-05-26'],
    'May 26, 2025',
    'on 2025-05-26',
    '1969-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    '9999-12-31T23:00:00-02:00',
    '2025-13-01T00:00:00Z',
  ])('is the time of saving where Kore sent %j', (createdOn) => {
    expect(rowOf({ ...entry, createdOn }).createdOn).toBe(savedAt);
  });
});

describe.each([
  ['a day alone', '2025-05-26', '2025-05-26T00:00:00.000Z'],
  ['the first moment that it takes', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ['the last', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('the time of creation', (what, createdOn, inUtc) => {
  it(`may be ${what}`, () => {
    expect(rowOf({ ...entry, createdOn }).createdOn).toBe(inUtc);
  });
});

describe('the key of failures', () => {
  const failure = { ...entry, status: 'FAILURE' };
  const logIds = fc.string({ minLength: 1, maxLength: 40 });

  it('names the tracked bot, the day and one of its shards', () => {
    expect(failureKeys('st-tracked', '2025-05-26')).toContain(rowOf(failure).failureOf);
    expect(rowOf(failure).failureOf).toMatch(/^st-tracked#2025-05-26#\d+$/);
  });

  it('names no bot where the tracking names none', () => {
    const [row] = toRows([failure], { requestId: 'ds-1' }, saving);
    expect(row?.failureOf).toMatch(/^-#2025-05-26#\d+$/);
  });

  it('tells which bot it is of, with a shard and without', () => {
    const bots = fc.stringMatching(/^[A-Za-z0-9_-]{1,76}$/);
    const days = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(bots, days, (bot, date) => {
        const day = date.toISOString().slice(0, 10);
        for (const key of failureKeys(bot, day)) expect(botOf(key)).toBe(bot);
      }),
    );
  });

  it('is the same whatever becomes of the row, and follows from the key that the row has', () => {
    fc.assert(
      fc.property(logIds, logIds, (logId, other) => {
        const [row, changed] = [rowOf(failure), rowOf({ ...failure, comments: 'another text' })];
        const placed = underKey(changed, logId);

        expect(underKey(row, logId).failureOf).toBe(placed.failureOf);
        expect(underKey(underKey(row, other), logId)).toEqual(underKey(row, logId));
        expect(underKey(row, row.logId)).toEqual(row);
      }),
    );
  });

  it('spreads the failures of a day evenly over the shards', () => {
    const counts = new Map<string | undefined, number>();
    for (let i = 0; i < 16_000; i += 1) {
      const { failureOf } = rowOf({ ...failure, _id: `nl-${i}` });
      counts.set(failureOf, (counts.get(failureOf) ?? 0) + 1);
    }

    expect(counts.size).toBe(FAILURE_SHARDS);
    // Five standard deviations of a fair spread, 1,000 each.
    expect(Math.max(...counts.values())).toBeLessThan(1_000 + 5 * 31);
    expect(Math.min(...counts.values())).toBeGreaterThan(1_000 - 5 * 31);
  });

  it.each(['SUCCESS', 'QUEUED', null])('is left out of a row with the status %j', (status) => {
    expect(rowOf({ ...entry, status })).not.toHaveProperty('failureOf');
  });
});

describe('the sort key', () => {
  it.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 7],
    ['empty', ''],
    ['the summary’s', SUMMARY_ID],
    ['with a space', 'nl 1'],
    ['with a line break', 'nl-1\n'],
    ['with a letter beyond ASCII', 'nl-é'],
    ['that could be one of ours', 'nl-1~sha256-0'],
    ['too long', 'n'.repeat(201)],
  ])('is a hash where the id is %s', (_what, _id) => {
    expect(rowOf({ ...entry, _id }).logId).toMatch(/^sha256-[0-9a-f]{32}$/);
  });

  it('may be 200 characters of Kore', () => {
    expect(rowOf({ ...entry, _id: 'n'.repeat(200) }).logId).toBe('n'.repeat(200));
  });

  it('is behind the summary, whatever the entries', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        for (const { logId } of rowsOf(...entries)) {
          expect(logId).toMatch(/^[\x21-\x7d]{1,200}$/);
          expect(logId > SUMMARY_ID).toBe(true);
        }
      }),
    );
  });
});

describe('whose a log is', () => {
  const identities = (...entries: unknown[]) => new Set(entries.map((one) => rowOf(one).identity)).size;

  it('stays the same while its status, its comment and its time change', () => {
    const changed = { ...entry, status: 'FAILURE', comments: 'gone', createdOn: 'yesterday', __v: 1 };
    expect(identities(entry, changed)).toBe(1);
    expect(rowOf(changed).logId).toBe(rowOf(entry).logId);
  });

  it('stays the same without an id', () => {
    const { _id, ...nameless } = entry;
    const changed = { ...nameless, status: 'FAILURE' };
    expect(identities(nameless, changed)).toBe(1);
    expect(rowOf(changed).logId).toBe(rowOf(nameless).logId);
  });

  it.each([
    ['in another spelling of the address', { originalId: ' JOHN.DOE@example.com' }],
    ['in another spelling of the channel', { channel: ' IVR' }],
  ])('stays the same %s', (_, change) => {
    expect(identities(entry, { ...entry, ...change })).toBe(1);
  });

  it.each([
    ['id', { _id: 'nl-other' }],
    ['recipient', { originalId: 'jane@example.com' }],
    ['channel', { channel: 'sms' }],
    ['recipient, too long for a key,', { originalId: 'x'.repeat(3_000) }],
  ])('differs by its %s', (_, change) => {
    expect(identities(entry, { ...entry, ...change })).toBe(2);
  });

  it('is known by its id alone where it names no recipient', () => {
    expect(identities({ _id: 'nl-1', status: 'QUEUED' }, { _id: 'nl-1', status: 'SUCCESS' })).toBe(1);
  });

  it.each([
    ['an id', entry, '77b4970d7c61b4e6ec9c17353c09e40f'],
    ['no id', { ...entry, _id: '' }, '400af7e6d195cbe7309be9e87066048f'],
    ['nothing but the whole', { b: { d: 1, c: [2] }, a: 'IVR' }, '6204cd068191233ad1846bbb4e0d3303'],
  ])('is the same in every release, by %s: rows in the table have it', (_, one, identity) => {
    expect(rowOf(one).identity).toBe(identity);
  });

  it('is told by the whole log where it has neither id nor recipient, in whatever order the fields come', () => {
    expect(identities({ a: 1, b: { c: [1, { d: 2, e: 3 }] } }, { b: { c: [1, { e: 3, d: 2 }] }, a: 1 })).toBe(
      1,
    );
    expect(identities({ a: [1, 2] }, { a: [2, 1] })).toBe(2);
    expect(identities({ channel: 'ivr', status: 'SUCCESS' }, { channel: 'ivr', status: 'FAILURE' })).toBe(2);
  });
});

describe('the rows', () => {
  it('are none for no entries', () => {
    expect(rowsOf()).toEqual([]);
  });

  it('are one for an entry that comes twice', () => {
    expect(rowsOf(entry, structuredClone(entry))).toHaveLength(1);
  });

  it('are two for two people under one id', () => {
    const rows = rowsOf(entry, { ...entry, originalId: 'jane@example.com' });
    expect(new Set(rows.map(({ identity }) => identity)).size).toBe(2);
  });

  describe('of two versions of one log', () => {
    const version = (createdOn: unknown, comments: string) => ({ ...entry, createdOn, comments });
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'];

    it.each([
      ['the later by Kore’s time, first in the list', [version(late, 'newest'), version(early, 'old')]],
      ['the later by Kore’s time, last in the list', [version(early, 'old'), version(late, 'newest')]],
      ['the later in the list where the times are equal', [version(late, 'old'), version(late, 'newest')]],
      ['the later in the list where one has no time', [version(late, 'old'), version(undefined, 'newest')]],
      ['the later in the list where the other has none', [version('', 'old'), version(early, 'newest')]],
    ])('are %s', (_, versions) => {
      expect(rowsOf(...versions)).toMatchObject([{ log: { comments: 'newest' } }]);
    });
  });

  it('hold an entry each, and every identity is there', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const rows = rowsOf(...entries);
        expect(new Set(rows.map(({ identity }) => identity)).size).toBe(rows.length);
        expect(rows.every(({ log }) => entries.includes(log))).toBe(true);
        const ofEach = new Set(entries.map((one) => rowOf(one).identity));
        expect(ofEach.size).toBe(rows.length);
      }),
    );
  });
});

describe('the digest', () => {
  it('is the same for the same entries', () => {
    expect(digestOf([entry])).toBe(digestOf([structuredClone(entry)]));
  });

  it('differs where an entry differs', () => {
    expect(digestOf([{ ...entry, status: 'FAILURE' }])).not.toBe(digestOf([entry]));
  });

  it('differs where an entry is added', () => {
    expect(digestOf([entry, null])).not.toBe(digestOf([entry]));
  });

  it('is short, and tells nothing of the entries', () => {
    expect(digestOf([entry])).toMatch(/^[0-9a-f]{32}$/);
  });
});
