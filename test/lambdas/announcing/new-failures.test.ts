/** Which failures are announced: each once, however they come and go, and by name only where the name says nothing of a person. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LOG_IDS } from '../../../contract/event/not-reached-limits.ts';
import { newFailures } from '../../../lambdas/check-delivery/announcing/new-failures.ts';
import { announcing } from './announcing.ts';
import { logId, logIds } from './log-ids.ts';

const HASH = '0123456789abcdef0123456789abcdef';

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
    const first = newFailures([logId(0)], '', false);
    const known = first?.announced ?? '';
    const broken = ['short', known.slice(1), '********', `!${known}`, `${known}!`, `${known}abc`];

    for (const state of [
      ...broken,
      `${known}+`,
      `${known}+x`,
      `${known}+1.abcdefgh`,
      `${known}+1234567890`,
    ]) {
      expect(newFailures([logId(0)], state, false)).toEqual(first);
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
  it('is a key as Kore documents it', () => {
    expect(newFailures([logId(7)], '', false)).toMatchObject({ logIds: [logId(7)], count: 1, more: false });
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
    `sha256-${HASH}`,
    `${logId(7)}~${HASH}`,
    `sha256-${HASH}~${HASH}`,
  ])('is no key that may be an address, or made from one: %j', (key) => {
    const found = newFailures([key], '', false);

    expect(found).toEqual({ logIds: [], count: 1, more: true, announced: '+1' });
  });

  it('is at most 200 keys; the others are in the table', () => {
    expect(announcing(logIds(0, MOST_LOG_IDS), logIds(0, 2 * MOST_LOG_IDS + 1), [])).toMatchObject([
      { logIds: { length: MOST_LOG_IDS }, count: MOST_LOG_IDS, more: false },
      { logIds: { length: MOST_LOG_IDS }, count: MOST_LOG_IDS + 1, more: true },
      undefined,
    ]);
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
        expect(named.filter((key) => !/^nl-[0-9a-f-]{36}$/.test(key))).toEqual([]);
        expect(named).toEqual(named.toSorted());
      }),
    );
  });
});
