import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestOf } from '../../cli/tracker/newest-rows.ts';
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';

const PAGE = 3;

/** Parts of an index by the times of their rows, and how many pages of each were read. */
function partsOf(times: readonly (readonly number[])[]) {
  const parts = times.map((part, index) =>
    part
      .toSorted((a, b) => b - a)
      .map(
        (time, i) => ({ logId: `${index}-${i}`, createdOn: String(time).padStart(4, '0') }) as DeliveryLogRow,
      ),
  );
  const read = parts.map(() => 0);
  async function* pagesOf(part: readonly DeliveryLogRow[], index: number) {
    for (let i = 0; i === 0 || i < part.length; i += PAGE) {
      read[index] = (read[index] ?? 0) + 1;
      yield part.slice(i, i + PAGE);
    }
  }
  return { parts, read, pages: parts.map(pagesOf) };
}

const anyParts = fc.array(fc.array(fc.nat(50), { maxLength: 12 }), { maxLength: 20 });

it('gives the newest of all parts, newest first, and none twice', async () => {
  await fc.assert(
    fc.asyncProperty(anyParts, fc.integer({ min: 1, max: 60 }), async (times, wanted) => {
      const { parts, pages } = partsOf(times);
      const rows = await newestOf(pages, wanted);

      const newest = times
        .flat()
        .toSorted((a, b) => b - a)
        .slice(0, wanted);
      expect(rows.map(({ createdOn }) => Number(createdOn))).toEqual(newest);
      expect(new Set(rows).size).toBe(rows.length);
      expect(parts.flat()).toEqual(expect.arrayContaining(rows));
    }),
  );
});

it('reads on in a part only where all that it read of it is among the newest', async () => {
  await fc.assert(
    fc.asyncProperty(anyParts, fc.integer({ min: 1, max: 60 }), async (times, wanted) => {
      const { parts, pages, read } = partsOf(times);
      const rows = new Set(await newestOf(pages, wanted));

      parts.forEach((part, index) => {
        const readBefore = part.slice(0, ((read[index] ?? 0) - 1) * PAGE);
        expect(readBefore.filter((row) => !rows.has(row))).toEqual([]);
      });
    }),
  );
});

it('reads over pages without rows', async () => {
  const row = { logId: 'nl-1', createdOn: '1' } as DeliveryLogRow;
  async function* pages() {
    yield [];
    yield [];
    yield [row];
  }

  expect(await newestOf([pages()], 2)).toEqual([row]);
});
