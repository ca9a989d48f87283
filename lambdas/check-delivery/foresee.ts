/** What a check can know of what is to come, from the call budget and from the campaign that a notification belongs to. */
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { errorName } from '../aws-error.ts';
import type { QuotaState } from './budget/claim-call.ts';
import type { CampaignUnderWay } from './budget/demand.ts';
import type { Forecast } from './budget/forecast.ts';
import type { CheckSettings } from './environment.ts';
import type { World } from './world.ts';

/** @param now milliseconds since 1970. */
export async function foresee(
  request: TrackingInput,
  quota: QuotaState | undefined,
  now: number,
  { schedule, capacity }: CheckSettings,
  world: World,
): Promise<Forecast> {
  const campaign = quota === undefined ? undefined : await campaignOf(request, now, world);
  return world.forecast(quota?.state, { limits: schedule, now, capacity, campaign });
}

/** Nothing depends on it, so no trouble with it is one of the check. */
async function campaignOf(
  { campaignId }: TrackingInput,
  now: number,
  { campaignSizes, log }: World,
): Promise<CampaignUnderWay | undefined> {
  if (campaignId === undefined) return undefined;
  try {
    const size = await campaignSizes.of(campaignId);
    return size && { notifications: size.notifications, age: (now - size.startedAt) / 1000 };
  } catch (error) {
    log.warn('size of the campaign unknown, going on without it', { error: errorName(error) });
    return undefined;
  }
}
