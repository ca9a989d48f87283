import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestFirst, placeOf } from '../../../cli/tracker/rows/newest-first.ts';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';

const PAGE = 3;

/** Parts of an index by the times of their rows, and how many pages of each were read. */
function partsOf(times: readonly (readonly number[])[]) {
  const parts = times.map((part, index) =>
    part
      .toSorted((a, b) => b - a)
      .map(
        (time, i) =>
          ({
            requestId: `ds-${i % 2}`,
            logId: `${index}-${i}`,
            createdOn: String(time).padStart(4, '0'),
          }) as DeliveryLogRow,
      ),
  );
  const read = parts.map(() => 0);
  async function* pagesOf(part: readonly DeliveryLogRow[], index: number) {
    for (let i = 0; i === 0 || i < part.length; i += PAGE) {
      read[index] = (read[index] ?? 0) + 1;
      yield part.slice(i, i + PAGE);
    }
  }
  return { parts, read, pages: () => parts.map(pagesOf) };
}

async function firstOf(rows: AsyncIterable<DeliveryLogRow>, count = Number.POSITIVE_INFINITY) {
  const taken: DeliveryLogRow[] = [];
  if (count === 0) return taken;
  for await (const row of rows) {
    taken.push(row);
    if (taken.length === count) break;
  }
  return taken;
}

const anyParts = fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { maxLength: 20 });

it('gives the rows of all parts, newest first, and none twice', async () => {
  await fc.assert(
    fc.asyncProperty(anyParts, async (times) => {
      const { parts, pages } = partsOf(times);

      const rows = await firstOf(newestFirst(pages()));

      const newest = times.flat().toSorted((a, b) => b - a);
      expect(rows.map(({ createdOn }) => Number(createdOn))).toEqual(newest);
      expect(new Set(rows)).toEqual(new Set(parts.flat()));
    }),
  );
});

it('goes on after any row with all that come after it, also where many have the same time', async () => {
  await fc.assert(
    fc.asyncProperty(anyParts, fc.nat(), async (times, at) => {
      const { pages } = partsOf(times);
      const all = await firstOf(newestFirst(pages()));
      const place = at % Math.max(1, all.length);
      const last = all[place];

      const rest = await firstOf(newestFirst(pages(), last && placeOf(last)));

      // Rows that are newer are kept out by the query itself.
      const kept = rest.filter(({ createdOn }) => last === undefined || createdOn <= last.createdOn);
      expect(kept).toEqual(all.slice(place + 1));
    }),
  );
});

it('reads on in a part only where all that it read of it is as new as the last row', async () => {
  await fc.assert(
    fc.asyncProperty(anyParts, fc.integer({ min: 1, max: 60 }), async (times, wanted) => {
      const { parts, pages, read } = partsOf(times);

      const rows = await firstOf(newestFirst(pages()), wanted);

      const oldest = rows.at(-1)?.createdOn ?? '';
      parts.forEach((part, index) => {
        const readBefore = part.slice(0, ((read[index] ?? 0) - 1) * PAGE);
        expect(readBefore.filter(({ createdOn }) => createdOn < oldest)).toEqual([]);
      });
    }),
  );
});

it('reads over pages without rows', async () => {
  const row = { requestId: 'ds-1', logId: 'nl-1', createdOn: '1' } as DeliveryLogRow;
  async function* pages() {
    yield [];
    yield [];
    yield [row];
  }

  expect(await firstOf(newestFirst([pages()]))).toEqual([row]);
});
