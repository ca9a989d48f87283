import { describe, expect, it } from 'vitest';
import { chancesIn } from '../../../bench/beside-bound/knowing-lifetime.ts';
import { pricesFrom } from '../../../bench/beside-bound/knowing-prices.ts';
import { exponential, uniform } from '../../../bench/bound/lifetime.ts';
import { AGES } from '../../../lambdas/check-delivery/schedule/life-table.ts';

describe('the chances of a known lifetime', () => {
  it('are those of a kind without memory', () => {
    const [first = 0, second = 0] = chancesIn(exponential(60));
    const [from = 0, to = 0] = AGES.slice(1);

    expect(first).toBeCloseTo(1 - Math.exp(-from / 60), 10);
    expect(second).toBeCloseTo(1 - Math.exp((from - to) / 60), 10);
  });

  it('are certain where none lives longer', () => {
    expect(chancesIn(uniform(0, 5)).every((chance) => chance === 1)).toBe(true);
  });
});

describe('known prices', () => {
  const rising = pricesFrom(100, (age) => age, 4);

  it('are the mean over the time that each holds for, from now on', () => {
    expect(rising.slice(0, 2)).toEqual([
      { untilSeconds: 30, worthSeconds: 115 },
      { untilSeconds: 60, worthSeconds: 145 },
    ]);
  });

  it('are never lower than what a check is worth to an idle bot', () => {
    expect(pricesFrom(100, () => 0, 4).every(({ worthSeconds }) => worthSeconds === 4)).toBe(true);
  });
});
