import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COARSE_SECONDS,
  FINE_SECONDS,
  NO_STARTS,
  oldestStretches,
  type StartCounts,
  startsIn,
  stretchOf,
} from '../../../lambdas/check-delivery/budget/starts.ts';

const NOW = Date.parse('2026-01-01T12:05:10Z');
const MINUTE = 60_000;

/** What is counted where trackings began at these times. */
function countsOf(times: readonly number[]): StartCounts {
  const by = (seconds: number) => {
    const counts = new Map<number, number>();
    for (const time of times) {
      counts.set(stretchOf(time, seconds), (counts.get(stretchOf(time, seconds)) ?? 0) + 1);
    }
    return counts;
  };
  return { fine: by(FINE_SECONDS), coarse: by(COARSE_SECONDS) };
}

const sumOf = (starts: readonly { readonly count: number }[]) =>
  starts.reduce((sum, { count }) => sum + count, 0);

/** Milliseconds near the ends of stretches, and anywhere. */
const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 4 * 3_600_000 }),
  fc
    .record({ stretch: fc.integer({ min: 0, max: 479 }), off: fc.integer({ min: -2, max: 2 }) })
    .map(({ stretch, off }) => Math.max(0, stretch * FINE_SECONDS * 1000 + off)),
);
const anyNow = anyTime.map((ms) => Date.parse('2026-01-01T12:00:00Z') + ms);
/** From all of the coarse stretches that are kept, up to now. */
const anyStarts = fc
  .record({ now: anyNow, agos: fc.array(anyTime, { maxLength: 50 }) })
  .map(({ now, agos }) => ({ now, times: agos.map((ago) => now - ago) }));

describe('a stretch', () => {
  it('holds the times from its beginning to that of the next', () => {
    fc.assert(
      fc.property(anyNow, fc.constantFrom(FINE_SECONDS, COARSE_SECONDS), (time, seconds) => {
        const stretch = stretchOf(time, seconds);
        expect(stretch * seconds * 1000).toBeLessThanOrEqual(time);
        expect((stretch + 1) * seconds * 1000).toBeGreaterThan(time);
      }),
    );
  });

  it('of the fine ones lies in one coarse one', () => {
    fc.assert(
      fc.property(anyNow, (time) => {
        expect(Math.floor(stretchOf(time, FINE_SECONDS) / 20)).toBe(stretchOf(time, COARSE_SECONDS));
      }),
    );
  });
});

describe('the oldest stretches', () => {
  it('are fine for ten to twenty minutes, and coarse for four hours', () => {
    const { fine, coarse } = oldestStretches(NOW);

    expect(fine * FINE_SECONDS * 1000).toBe(Date.parse('2026-01-01T11:50:00Z'));
    expect(coarse * COARSE_SECONDS * 1000).toBe(Date.parse('2026-01-01T08:00:00Z'));
  });
});

describe('starts', () => {
  it('are none where none is counted', () => {
    expect(startsIn(NO_STARTS, NOW)).toEqual([]);
  });

  it('of the latest minutes are told by half minutes', () => {
    const starts = startsIn(countsOf([NOW - 15_000, NOW - 14_000, NOW - 10 * MINUTE]), NOW);

    expect(starts).toEqual([
      { from: 40, until: 10, count: 2 },
      { from: 610, until: 580, count: 1 },
    ]);
  });

  it('of earlier hours are told by ten minutes', () => {
    const starts = startsIn(countsOf([NOW - 20 * MINUTE, NOW - 25 * MINUTE]), NOW);

    expect(starts).toEqual([{ from: 1_510, until: 910, count: 2 }]);
  });

  it('of this half minute end now', () => {
    expect(startsIn(countsOf([NOW - 5_000]), NOW)).toEqual([{ from: 10, until: 0, count: 1 }]);
  });

  it('of longer than four hours ago, and a stretch, are none', () => {
    expect(startsIn(countsOf([NOW - 4 * 60 * MINUTE - COARSE_SECONDS * 1000]), NOW)).toEqual([]);
  });

  it('by a clock that is ahead are of now, and none is lost', () => {
    const [{ from, until, count } = { from: 1, until: 1, count: 0 }] = startsIn(
      countsOf([NOW + 21_000]),
      NOW,
    );

    expect(count).toBe(1);
    expect(from).toBeLessThanOrEqual(0);
    expect(until).toBe(0);
  });

  it('are each told once, whenever it was', () => {
    fc.assert(
      fc.property(anyStarts, ({ now, times }) => {
        expect(sumOf(startsIn(countsOf(times), now))).toBe(times.length);
      }),
    );
  });

  it('are told with a time that holds them', () => {
    fc.assert(
      fc.property(anyNow, anyTime, (now, ago) => {
        const [{ from, until } = { from: 0, until: 0 }] = startsIn(countsOf([now - ago]), now);
        expect(ago / 1000).toBeLessThanOrEqual(from + 1e-6);
        expect(ago / 1000).toBeGreaterThanOrEqual(until - 1e-6);
      }),
    );
  });

  it('are told to the half minute for ten minutes, and to ten minutes ever after', () => {
    fc.assert(
      fc.property(anyNow, anyTime, (now, ago) => {
        const [{ from, until } = { from: 0, until: 0 }] = startsIn(countsOf([now - ago]), now);
        const longest = ago <= COARSE_SECONDS * 1000 ? FINE_SECONDS : COARSE_SECONDS;
        expect(from - until).toBeLessThanOrEqual(longest + 1e-6);
      }),
    );
  });

  it('are as many however old what is kept beside them', () => {
    fc.assert(
      fc.property(anyStarts, anyTime, ({ now, times }, ago) => {
        const old = now - 4 * 60 * MINUTE - COARSE_SECONDS * 1000 - ago;
        expect(sumOf(startsIn(countsOf([...times, old]), now))).toBe(times.length);
      }),
    );
  });
});
