/** Which failures are announced: each once, however they come and go, and by name only where the name says nothing of a person. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LOG_ID_BYTES, MOST_LOG_IDS } from '../../../contract/not-reached-limits.ts';
import { newFailures } from '../../../lambdas/check-delivery/announcing/new-failures.ts';
import { logId, logIds } from './log-ids.ts';

const HASH = '0123456789abcdef0123456789abcdef';

/** Announces what is new in each table in turn; the last one is that of the end. */
function announcing(...tables: (readonly string[])[]) {
  let state = '';
  return tables.map((table, i) => {
    const found = newFailures(table, state, i === tables.length - 1);
    state = found?.announced ?? state;
    return found;
  });
}

describe('a failure is announced', () => {
  it('by the first check that sees it, and not again', () => {
    expect(announcing(logIds(0, 2), logIds(0, 3), logIds(0, 3), [])).toMatchObject([
      { logIds: logIds(0, 2), count: 2, more: false },
      { logIds: logIds(2, 3), count: 1, more: false },
      undefined,
      undefined,
    ]);
  });

  it('once though it turns to success for a while', () => {
    expect(announcing(logIds(0, 1), [], logIds(0, 1))).toMatchObject([
      { count: 1, announced: expect.stringMatching(/^[\w-]{8}$/) },
      undefined,
      undefined,
    ]);
  });

  it('once though two rows of the table have its key on the way', () => {
    expect(announcing([logId(0), logId(0)])).toMatchObject([{ logIds: [logId(0)], count: 1 }]);
  });

  it('in the same way in whatever order the rows come', () => {
    const table = logIds(0, 300);

    expect(newFailures(table.toReversed(), '', false)).toEqual(newFailures(table, '', false));
  });

  it('anew where the state cannot be read', () => {
    for (const state of ['short', 'a'.repeat(7), '********', 'abcdefgh+x.abcdefgh', 'abcdefgh+1.abc']) {
      expect(newFailures([logId(0)], state, false)).toMatchObject({ count: 1 });
    }
  });

  it('once each, whatever checks are lost, and none is missing', () => {
    const anyTable = fc.uniqueArray(fc.nat(40), { maxLength: 12 });
    const anyCheck = fc.record({ table: anyTable, isLost: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 8 }), (checks) => {
        const seen = new Set<string>();
        const announced: string[] = [];
        let state = '';
        let count = 0;
        for (const [i, { table, isLost }] of checks.entries()) {
          const found = newFailures(table.map(logId), state, i === checks.length - 1);
          if (isLost) continue;
          for (const index of table) seen.add(logId(index));
          state = found?.announced ?? state;
          announced.push(...(found?.logIds ?? []));
          count += found?.count ?? 0;
        }

        expect(announced.toSorted()).toEqual([...seen].sort());
        expect(count).toBe(seen.size);
      }),
    );
  });
});

describe('what an announcement names', () => {
  it.each([
    ['as Kore documents it', logId(7)],
    ['that several logs shared', `${logId(7)}~${HASH}`],
    ['that is our hash', `sha256-${HASH}`],
    ['that is our hash, and was taken', `sha256-${HASH}~${HASH}`],
  ])('is a key %s', (_, key) => {
    expect(newFailures([key], '', false)).toMatchObject({ logIds: [key], count: 1, more: false });
  });

  it.each([
    'jane.doe@example.com',
    '+4915112345678',
    'nl-1',
    'nl-Jane-Doe',
    `${logId(7)}~jane`,
    `${logId(7)}\n`,
    `x${logId(7)}`,
    'sha256-jane',
    `nl-1~sha256-${HASH}`,
  ])('is no key that may hold any text: %j', (key) => {
    const found = newFailures([key], '', false);

    expect(found).toMatchObject({ logIds: [], count: 1, more: true });
    expect(newFailures([key], found?.announced ?? '', true)).toBeUndefined();
  });

  it('is at most 200 keys; the others are in the table', () => {
    expect(announcing(logIds(0, MOST_LOG_IDS), logIds(0, 2 * MOST_LOG_IDS + 1), [])).toMatchObject([
      { logIds: { length: MOST_LOG_IDS }, count: MOST_LOG_IDS, more: false },
      { logIds: { length: MOST_LOG_IDS }, count: MOST_LOG_IDS + 1, more: true },
      undefined,
    ]);
  });

  it('is at most 12 KiB, as long as the keys may be', () => {
    const long = logIds(0, MOST_LOG_IDS).map((key) => `${key}~${HASH}`);
    const found = newFailures(long, '', false);

    expect(found).toMatchObject({ count: MOST_LOG_IDS, more: true });
    expect(JSON.stringify(found?.logIds).length).toBeGreaterThan(MOST_LOG_ID_BYTES - 100);
    expect(JSON.stringify(found?.logIds).length).toBeLessThanOrEqual(MOST_LOG_ID_BYTES);
  });

  it('is never more, never else, and says so where something is left out', () => {
    const anyKey = fc.oneof(
      fc.nat(500).map(logId),
      fc.nat(500).map((index) => `${logId(index)}~${HASH}`),
      fc.emailAddress(),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 400, size: 'max' }), fc.boolean(), (keys, isEnd) => {
        const { logIds: named = [], count = 0, more = false } = newFailures(keys, '', isEnd) ?? {};

        expect(count).toBe(new Set(keys).size);
        expect(more).toBe(named.length < count);
        expect(named.length).toBeLessThanOrEqual(MOST_LOG_IDS);
        expect(Buffer.byteLength(JSON.stringify(named))).toBeLessThanOrEqual(MOST_LOG_ID_BYTES);
        expect(named.filter((key) => !/^nl-[0-9a-f-]{36}(~[0-9a-f]{32})?$/.test(key))).toEqual([]);
        expect(named).toEqual(named.toSorted());
      }),
    );
  });
});

describe('of more than a thousand failures', () => {
  const first = logIds(0, 1_100);

  it('those beyond are announced as they become more, then and at the end as a whole', () => {
    const others = [...logIds(0, 1_099), logId(5_000)];

    expect(announcing(first, first, logIds(0, 1_150), first, first)).toMatchObject([
      { logIds: { length: MOST_LOG_IDS }, count: 1_100, more: true },
      undefined,
      { logIds: [], count: 50, more: true },
      undefined,
      { logIds: [], count: 100, more: true },
    ]);
    expect(announcing(first, others, others)).toMatchObject([
      { count: 1_100 },
      undefined,
      { logIds: [], count: 100, more: true },
    ]);
  });

  it('those beyond are not announced while they are fewer than before', () => {
    expect(announcing(first, logIds(0, 1_050), logIds(0, 1_090), first)).toMatchObject([
      { count: 1_100 },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('those beyond are not announced again at the end where they are the same', () => {
    expect(announcing(first, first)).toMatchObject([{ count: 1_100 }, undefined]);
  });

  it('the state has room for a thousand', () => {
    const [found] = announcing(logIds(0, 20_000));

    expect(found?.announced.length).toBeLessThan(8_000 + 20);
    expect(found?.announced).toMatch(/^[\w-]{8000}\+19000\.[\w-]{8}$/);
  });

  it('none that the table has at the end is missing', () => {
    const anyTable = fc.tuple(
      fc.constantFrom(0, 990, 1_005),
      fc.uniqueArray(fc.integer({ min: 2_000, max: 2_020 }), { maxLength: 15 }),
    );
    fc.assert(
      fc.property(fc.array(anyTable, { minLength: 1, maxLength: 5 }), (tables) => {
        const keys = tables.map(([many, few]) => [...logIds(0, many), ...few.map(logId)]);
        const heard = new Set<string>();
        for (const [i, found] of announcing(...keys).entries()) {
          // Where some are not named, the consumer asks the table.
          for (const key of found?.more ? (keys[i] ?? []) : (found?.logIds ?? [])) heard.add(key);
        }

        expect(keys.at(-1)?.filter((key) => !heard.has(key))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
