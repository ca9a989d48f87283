/** A campaign in the careless world, on one clock with its notifications. */
import { campaignsInMemory } from '../../../../testing/in-memory/campaigns-in-memory.ts';
import { faultsOf, type Stores } from '../notification.ts';
import { DEADLINE_SECONDS } from '../plan.ts';
import { randomFrom } from '../random.ts';
import type { StepFunctions } from '../step-functions.ts';
import { virtualTime } from '../virtual-time.ts';
import { carelessWorld, goodStores, START, type Tracked } from '../world.ts';
import {
  CAMPAIGN_ID,
  type Campaign,
  type CampaignExecution,
  type CampaignStores,
  startCampaign,
} from './campaign.ts';
import { laggingIndex } from './lagging-index.ts';
import type { CampaignPlace, CarelessCampaign } from './plan.ts';

export interface TrackedCampaign {
  readonly campaign: Campaign;
  readonly execution: CampaignExecution;
  /** When somebody redrove it last, milliseconds since 1970. */
  readonly redrivenAt: number | undefined;
  readonly notifications: readonly Tracked[];
}

/** @param changed other stores for the campaign than the good ones. */
export async function carelessCampaign(
  planned: CarelessCampaign,
  stepFunctions: StepFunctions,
  changed: (good: CampaignStores) => Partial<CampaignStores> = () => ({}),
): Promise<TrackedCampaign> {
  const time = virtualTime(START);
  const random = randomFrom(planned.seed);
  const good = goodStores();
  const index = laggingIndex(good.deliveryLog, time, random);
  const deliveryLog = { ...good.deliveryLog, saveSummary: index.saveSummary };
  const stores: Stores = { ...good, deliveryLog };
  const campaigns = campaignsInMemory();
  const ofCampaign = { campaigns, index, finalEvents: good.finalEvents };

  let execution: CampaignExecution | undefined;
  let redrivenAt: number | undefined;
  let all: readonly Tracked[] = [];
  const rows: Campaign['rows'] = [];
  const onArrival = (place: CampaignPlace, arrival: number) => {
    for (const stop of planned.stops) {
      if (stop.place !== place || stop.arrival !== arrival) continue;
      void time.sleep(stop.after * 1000).then(async () => {
        execution?.stop();
        if (stop.redrivenAfter === undefined) return;
        await time.sleep(stop.redrivenAfter * 1000);
        redrivenAt = time.now();
        execution?.redrive();
      });
    }
  };
  const campaign: Campaign = {
    ...{ planned, time, random, faults: faultsOf(planned.faults, onArrival) },
    stores: withHistory({ ...ofCampaign, ...changed(ofCampaign) }, rows),
    executions: () => all.flatMap(({ executions }) => executions),
    ...{ made: [], sweeps: [], rows },
  };
  const notifications = await carelessWorld(planned.notifications, stepFunctions, {
    ...{ time, stores, campaignId: CAMPAIGN_ID },
    alongside(tracked) {
      all = tracked;
      execution = startCampaign(campaign, DEADLINE_SECONDS, stepFunctions);
    },
  });
  return { campaign, execution: execution as unknown as CampaignExecution, redrivenAt, notifications };
}

/** Stores that remember the campaign's row after each write. */
function withHistory(stores: CampaignStores, rows: Campaign['rows']): CampaignStores {
  const { saveRow, rowOf } = stores.campaigns;
  const remembering = {
    rowOf,
    async saveRow(row: Parameters<typeof saveRow>[0]) {
      const isOurs = await saveRow(row);
      const there = await rowOf(CAMPAIGN_ID);
      if (there !== undefined && there !== rows.at(-1)) rows.push(there);
      return isOurs;
    },
  };
  return { ...stores, campaigns: remembering };
}
