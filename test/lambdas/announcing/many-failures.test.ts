/** Failures that have no names in the state: those beyond a thousand, and those whose keys may be made from an address. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LOG_IDS } from '../../../contract/event/not-reached-limits.ts';
import { announcing } from './announcing.ts';
import { logId, logIds } from './log-ids.ts';

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
    expect(announcing(first, logIds(0, 1_050), logIds(0, 1_090), first, [])).toMatchObject([
      { count: 1_100 },
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('those beyond are announced again at the end, since they may be others', () => {
    expect(announcing(first, first)).toMatchObject([
      { count: 1_100 },
      { logIds: [], count: 100, more: true },
    ]);
  });

  it('the state has room for a thousand', () => {
    const [found] = announcing(logIds(0, 20_000));

    expect(found?.announced.length).toBeLessThan(8_000 + 20);
    expect(found?.announced).toMatch(/^[\w-]{8000}\+19000$/);
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

describe('of failures whose keys may be made from an address', () => {
  const [anne, ben, carl] = ['anne@example.com', 'ben@example.com', 'carl@example.com'];

  it('those are announced that are more than before, and all at the end', () => {
    const named = [logId(0)];

    expect(announcing([anne, ...named], [anne, ben], [anne, carl], [anne, ben, carl], [ben])).toMatchObject([
      { logIds: named, count: 2, more: true },
      { logIds: [], count: 1, more: true },
      undefined,
      { logIds: [], count: 1, more: true },
      { logIds: [], count: 1, more: true },
    ]);
  });

  it('those are not announced again that are there again, though another was announced meanwhile', () => {
    const named = [logId(0)];

    expect(announcing([anne, ben], [anne, ...named], [anne, ben, ...named], [])).toMatchObject([
      { count: 2 },
      { logIds: named, count: 1, more: false },
      undefined,
      undefined,
    ]);
  });

  it('the state says how many were announced and nothing else', () => {
    expect(announcing([anne, ben], [])).toMatchObject([{ announced: '+2' }, undefined]);
  });
});
