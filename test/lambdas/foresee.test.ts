/** What a check knows of what is to come, and what it does without. */
import { describe, expect, it } from 'vitest';
import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import { capacityOf, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { Forecast, Outset } from '../../lambdas/check-delivery/budget/forecast.ts';
import type { CheckSettings } from '../../lambdas/check-delivery/environment.ts';
import { foresee } from '../../lambdas/check-delivery/foresee.ts';
import type { CampaignSize } from '../../lambdas/check-delivery/rows/campaign-sizes.ts';
import { UNKNOWN } from '../../lambdas/check-delivery/schedule/life-table.ts';
import type { World } from '../../lambdas/check-delivery/world.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const SCHEDULE = { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 130 };
const CAPACITY = capacityOf(KORE_LIMITS);
const REQUEST = { requestId: 'ds-1', streamId: 'st-1', campaignId: 'spring' };
const QUOTA = { quotaKey: 'st-1', state: EMPTY_STATE };
const FORECAST: Forecast = { chances: UNKNOWN, prices: [{ untilSeconds: 30, worthSeconds: 7 }] };

/** Foresees in a world that knows campaigns by `sizeOf`. */
async function foreseeWith({
  sizeOf = async () => undefined,
  request = REQUEST,
  quota = QUOTA,
}: {
  readonly sizeOf?: (campaignId: string) => Promise<CampaignSize | undefined>;
  readonly request?: Parameters<typeof foresee>[0];
  readonly quota?: typeof QUOTA | 'unreachable';
} = {}) {
  const asked: string[] = [];
  const warnings: object[] = [];
  const forecasts: [BudgetState | undefined, Outset][] = [];
  const world = {
    campaignSizes: {
      of(campaignId: string) {
        asked.push(campaignId);
        return sizeOf(campaignId);
      },
    },
    forecast(state: BudgetState | undefined, outset: Outset) {
      forecasts.push([state, outset]);
      return FORECAST;
    },
    log: { warn: (message: string, fields: object) => void warnings.push({ message, ...fields }) },
  } as unknown as World;
  const settings = { schedule: SCHEDULE, capacity: CAPACITY } as CheckSettings;
  const known = quota === 'unreachable' ? undefined : quota;

  const foreseen = await foresee(request, known, NOW, settings, world);

  return { foreseen, asked, warnings, forecasts };
}
const outset = { limits: SCHEDULE, now: NOW, capacity: CAPACITY };

describe('what a check foresees', () => {
  it('is the forecast by the state of the budget, and by the number and the age of the campaign', async () => {
    const sizeOf = async () => ({ notifications: 3_000, startedAt: NOW - 90_500 });

    const { foreseen, asked, forecasts, warnings } = await foreseeWith({ sizeOf });

    expect(foreseen).toBe(FORECAST);
    expect(asked).toEqual(['spring']);
    expect(forecasts).toEqual([[EMPTY_STATE, { ...outset, campaign: { notifications: 3_000, age: 90.5 } }]]);
    expect(warnings).toEqual([]);
  });

  it('is by no campaign where none is tracked', async () => {
    const { asked, forecasts, warnings } = await foreseeWith();

    expect(asked).toEqual(['spring']);
    expect(forecasts).toEqual([[EMPTY_STATE, { ...outset, campaign: undefined }]]);
    expect(warnings).toEqual([]);
  });

  it('asks for no campaign where the notification belongs to none', async () => {
    const { asked, forecasts } = await foreseeWith({ request: { requestId: 'ds-1', streamId: 'st-1' } });

    expect(asked).toEqual([]);
    expect(forecasts).toEqual([[EMPTY_STATE, { ...outset, campaign: undefined }]]);
  });

  it('asks for no campaign where the budget could not be asked, since nothing is foreseen without', async () => {
    const { foreseen, asked, forecasts } = await foreseeWith({ quota: 'unreachable' });

    expect(asked).toEqual([]);
    expect(forecasts).toEqual([[undefined, { ...outset, campaign: undefined }]]);
    expect(foreseen).toBe(FORECAST);
  });
});

describe('a campaign that cannot be read', () => {
  const awsError = (name: string) => Object.assign(new Error('of john.doe@example.com'), { name });

  it.each([
    ['AccessDeniedException', awsError('AccessDeniedException')],
    ['ThrottlingException', awsError('ThrottlingException')],
    ['TimeoutError', awsError('TimeoutError')],
    ['unknown error', 'gone'],
  ])('is gone on without, in one line that says %s and nothing more of it', async (name, error) => {
    const { foreseen, forecasts, warnings } = await foreseeWith({ sizeOf: () => Promise.reject(error) });

    expect(foreseen).toBe(FORECAST);
    expect(forecasts).toEqual([[EMPTY_STATE, { ...outset, campaign: undefined }]]);
    expect(warnings).toEqual([{ message: 'size of the campaign unknown, going on without it', error: name }]);
  });
});
