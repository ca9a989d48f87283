import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  botOf,
  type DeliveryLogRow,
  digestOf,
  failureKey,
  normaliseRecipient,
  tally,
  toRows,
} from '../../lambdas/check-delivery/delivery-log.ts';
import { SUMMARY_ID } from '../../lambdas/check-delivery/delivery-log-table.ts';

const notification = { requestId: 'ds-tracked', streamId: 'st-tracked' };
const saving = { now: Date.parse('2026-05-26T05:53:22.883Z'), retentionDays: 90 };
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
function rowOf(one: unknown): DeliveryLogRow {
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
      recipient: 'john.doe@example.com',
      status: 'SUCCESS',
      createdOn: '2025-05-26T05:53:22.883Z',
      savedAt,
      expiresAt: Date.parse('2026-08-24T05:53:22Z') / 1000,
      log: entry,
    });
  });

  it.each([null, 'text', 7, true, [], {}])('is made of %j as well', (odd) => {
    expect(rowOf(odd)).toEqual({
      requestId: 'ds-tracked',
      logId: expect.stringMatching(/^sha256-[0-9a-f]{32}$/),
      status: 'UNKNOWN',
      createdOn: savedAt,
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

  it.each(['', '   ', null, 7, ['a'], 'x'.repeat(2049), 'é'.repeat(1025)])(
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
  it('names the tracked bot and the day', () => {
    expect(rowOf({ ...entry, status: 'FAILURE' }).failureOf).toBe('st-tracked#2025-05-26');
  });

  it('names no bot where the tracking names none', () => {
    const [row] = toRows([{ ...entry, status: 'FAILURE' }], { requestId: 'ds-1' }, saving);
    expect(row?.failureOf).toBe('-#2025-05-26');
  });

  it('tells which bot it is of', () => {
    expect(botOf(failureKey('st-tracked', '2025-05-26'))).toBe('st-tracked');
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
  ])('is a hash of the entry where its id is %s', (_what, _id) => {
    expect(rowOf({ ...entry, _id }).logId).toMatch(/^sha256-[0-9a-f]{32}$/);
  });

  it('may be 200 characters of Kore', () => {
    expect(rowOf({ ...entry, _id: 'n'.repeat(200) }).logId).toBe('n'.repeat(200));
  });

  it('is the same hash in whatever order the fields come, deep ones included', () => {
    const one = rowOf({ a: 1, b: { c: [1, { d: 2, e: 3 }] } });
    const other = rowOf({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 });
    expect(one.logId).toBe(other.logId);
  });

  it('is another hash where the order of a list differs', () => {
    expect(rowOf({ a: [1, 2] }).logId).not.toBe(rowOf({ a: [2, 1] }).logId);
  });

  it('is valid, unique and behind the summary, whatever the entries', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const ids = rowsOf(...entries).map(({ logId }) => logId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          expect(id).toMatch(/^[\x21-\x7e]{1,1024}$/);
          expect(id > SUMMARY_ID).toBe(true);
        }
      }),
    );
  });

  it('is the same for the same entries, whatever the time', () => {
    fc.assert(
      fc.property(anyEntries, fc.nat(), (entries, later) => {
        const again = toRows(structuredClone(entries), notification, { ...saving, now: saving.now + later });
        expect(again.map(({ logId }) => logId)).toEqual(rowsOf(...entries).map(({ logId }) => logId));
      }),
    );
  });
});

describe('the rows', () => {
  it('are none for no entries', () => {
    expect(rowsOf()).toEqual([]);
  });

  it('are one for an entry that comes twice', () => {
    expect(rowsOf(entry, structuredClone(entry))).toHaveLength(1);
  });

  it('are two for two entries under one id', () => {
    const other = { ...entry, status: 'FAILURE' };
    const rows = rowsOf(entry, other);
    expect(rows.map(({ log }) => log)).toEqual([entry, other]);
    expect(rows[0]?.logId).toBe(entry._id);
    expect(rows[1]?.logId).toMatch(/^nl-64c2a45e-1700-58f5-a474-add8bfc86f13~sha256-/);
  });

  it('are two where the id of one is the hash of the other', () => {
    const { logId } = rowOf({ a: 1 });
    expect(rowsOf({ a: 1 }, { _id: logId })).toHaveLength(2);
    expect(rowsOf({ _id: logId }, { a: 1 })).toHaveLength(2);
  });

  it('are as many as there are distinct entries, and hold each of them', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const isFirst = (entry: unknown, i: number) =>
          entries.findIndex((other) => isDeepStrictEqual(other, entry)) === i;
        const rows = rowsOf(...entries);
        expect(rows).toHaveLength(entries.filter(isFirst).length);
        expect(entries.every((entry) => rows.some(({ log }) => isDeepStrictEqual(log, entry)))).toBe(true);
      }),
    );
  });
});

describe('the tally', () => {
  it('counts rows by status', () => {
    const rows = rowsOf(
      { _id: 'a', status: 'SUCCESS' },
      { _id: 'b', status: 'SUCCESS' },
      { _id: 'c', status: 'FAILURE' },
      { _id: 'd', status: 'QUEUED' },
      { _id: 'e' },
    );
    expect(tally(rows).counts).toEqual({ total: 5, delivered: 2, failed: 1 });
  });

  it('is zero without rows', () => {
    expect(tally([])).toEqual({ counts: { total: 0, delivered: 0, failed: 0 }, channels: [] });
  });

  it('has the latest time that Kore gave, wherever it stands', () => {
    const times = ['2025-05-26T05:00:00.000Z', '2025-05-26T07:00:00.000Z', '2025-05-26T06:00:00.000Z'];
    const rows = rowsOf(...times.map((createdOn) => ({ createdOn })));

    expect(tally(rows).latestLogAt).toBe('2025-05-26T07:00:00.000Z');
  });

  it('does not take the time of saving for one of Kore’s', () => {
    const times = ['2025-05-26T05:00:00.000Z', 'yesterday'];

    expect(tally(rowsOf(...times.map((createdOn) => ({ createdOn })))).latestLogAt).toBe(times[0]);
    expect(tally(rowsOf({ createdOn: 'yesterday' })).latestLogAt).toBeUndefined();
  });

  it('names each channel once, sorted', () => {
    const rows = rowsOf({ channel: 'ivr', n: 1 }, { channel: 'hangoutchat' }, { channel: 'ivr', n: 2 });
    expect(tally(rows).channels).toEqual(['hangoutchat', 'ivr']);
  });

  it.each(['john.doe@example.com', '+4917112345678', '', 'with space', 'x'.repeat(41), 7, null])(
    'names no channel %j',
    (channel) => {
      expect(tally(rowsOf({ channel })).channels).toEqual([]);
    },
  );

  it('names 20 channels at most', () => {
    const rows = rowsOf(...Array.from({ length: 30 }, (_, i) => ({ channel: `channel-${i}` })));
    expect(tally(rows).channels).toHaveLength(20);
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

it('gives two entries under one id the same keys in whatever order they come', () => {
  const [first, second] = [
    { _id: 'x', status: 'SUCCESS' },
    { _id: 'x', status: 'FAILURE' },
  ];
  const keys = (entries: unknown[]) =>
    toRows(entries, { requestId: 'ds-1' }, { now: 0, retentionDays: 1 }).map(({ logId, log }) => [
      logId,
      log,
    ]);

  expect(new Map(keys([first, second]) as [string, unknown][])).toEqual(
    new Map(keys([second, first]) as [string, unknown][]),
  );
});
