import { describe, expect, it } from 'vitest';
import type { BudgetState } from '../../../lambdas/check-delivery/budget/budget-state.ts';
import { capacityOf, KORE_LIMITS } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import type { CampaignUnderWay } from '../../../lambdas/check-delivery/budget/demand.ts';
import { forecastFrom } from '../../../lambdas/check-delivery/budget/forecast.ts';
import { COARSE_SECONDS, FINE_SECONDS, stretchOf } from '../../../lambdas/check-delivery/budget/starts.ts';
import { chancesOf, UNKNOWN } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { EMPTY_STATE } from './empty-state.ts';

const CAPACITY = capacityOf(KORE_LIMITS);
const LIMITS = { floorSeconds: 5, capSeconds: 600, checkWorthSeconds: 4 };
const NOW = Date.parse('2026-01-01T12:00:20Z');
const LIVES = { lived: [400, 80, 9.5], ended: [300, 70, 1] };

const forecastOf = (state: BudgetState | undefined, now = NOW, campaign?: CampaignUnderWay) =>
  forecastFrom(state, { limits: LIMITS, now, capacity: CAPACITY, campaign });
const worthsOf = (state: BudgetState, now = NOW, campaign?: CampaignUnderWay) =>
  forecastOf(state, now, campaign).prices.map(({ worthSeconds }) => worthSeconds);

/** A bot of which so many trackings began in this half minute. */
const began = (count: number): BudgetState => ({
  ...EMPTY_STATE,
  starts: {
    fine: new Map([[stretchOf(NOW, FINE_SECONDS), count]]),
    coarse: new Map([[stretchOf(NOW, COARSE_SECONDS), count]]),
  },
});

describe('the forecast', () => {
  it('has no prices and knows nothing where the budget could not be asked', () => {
    expect(forecastOf(undefined)).toEqual({ chances: UNKNOWN, prices: [] });
  });

  it('has the prices of an idle bot, and knows no more, of one of which nothing is known', () => {
    const { chances, prices } = forecastOf(EMPTY_STATE);

    expect(chances).toEqual(UNKNOWN);
    expect(new Set(prices.map(({ worthSeconds }) => worthSeconds))).toEqual(new Set([4]));
  });

  it('knows what was learnt', () => {
    expect(forecastOf({ ...EMPTY_STATE, lives: LIVES }).chances).toEqual(chancesOf(LIVES));
  });

  it('has higher prices where many began', () => {
    expect(worthsOf(began(5_000))[0]).toBeGreaterThan(4);
  });

  it('has higher prices where a campaign has many still to come, and those of an idle bot where all have started', () => {
    const [many = 0] = worthsOf(began(300), NOW, { notifications: 20_000, age: 60 });
    const [none = 0] = worthsOf(began(300), NOW, { notifications: 300, age: 60 });

    expect(many).toBeGreaterThan(10 * none);
    expect(none).toBe(4);
  });

  it('has other prices where deliveries are known to be short', () => {
    const short = { ...began(1_000), lives: { lived: Array(72).fill(500), ended: Array(72).fill(495) } };

    expect(worthsOf(short)).not.toEqual(worthsOf(began(1_000)));
  });

  it('has the prices of an idle bot when those that began have been forgotten', () => {
    expect(new Set(worthsOf(began(100_000), NOW + 5 * 3_600_000))).toEqual(new Set([4]));
  });

  it('minds the time: two hours after many began, calls are cheaper than at once', () => {
    const [now = 0] = worthsOf(began(5_000));
    const [later = 0] = worthsOf(began(5_000), NOW + 2 * 3_600_000);

    expect(later).toBeLessThan(now);
  });
});
