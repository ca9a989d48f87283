/** A campaign of 50 notifications in the careless world, for 20 seeds, or as many as `CARELESS_SEEDS` says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CampaignRow } from '../../contract/campaign/campaign-row.ts';
import type { CampaignStores } from './careless/campaign/campaign.ts';
import { faultInCampaign } from './careless/campaign/model.ts';
import { anyCampaign } from './careless/campaign/plan.ts';
import { carelessCampaign } from './careless/campaign/world.ts';
import { synthesisedStepFunctions } from './careless/step-functions.ts';

const SEEDS = Array.from({ length: Number(process.env.CARELESS_SEEDS ?? 20) }, (_, i) => i + 1);
const stepFunctions = synthesisedStepFunctions();

it.each(SEEDS)('a campaign ends once, with what its notifications say, seed %i', async (seed) => {
  const holds = async (planned: Parameters<typeof carelessCampaign>[0]) => {
    expect(faultInCampaign(await carelessCampaign(planned, stepFunctions))).toBeUndefined();
  };

  await fc.assert(fc.asyncProperty(anyCampaign, holds), { seed, numRuns: 1 });
});

/** Stores without one of their conditions. */
const CARELESS_STORES: Readonly<Record<string, (good: CampaignStores) => Partial<CampaignStores>>> = {
  truths: ({ finalEvents }) => ({
    finalEvents: {
      ...finalEvents,
      async record(row) {
        await finalEvents.record(row);
        return row;
      },
    },
  }),
  'its row goes': ({ campaigns }) => {
    let latest: CampaignRow | undefined;
    return {
      campaigns: {
        ...campaigns,
        async saveRow(row) {
          latest = row;
          return true;
        },
        rowOf: async () => latest,
      },
    };
  },
  'it counts': ({ index }) => ({
    index: {
      ...index,
      *pages() {
        for (const page of index.pages()) yield* [page, page];
      },
    },
  }),
  'had ended before it asked': ({ index }) => ({ index: { ...index, saveSummary: async () => {} } }),
};

it.each(Object.keys(CARELESS_STORES))('is found: %s', async (words) => {
  const found: string[] = [];
  for (const planned of fc.sample(anyCampaign, { seed: 1, numRuns: 20 })) {
    const tracked = await carelessCampaign(planned, stepFunctions, CARELESS_STORES[words]);
    found.push(faultInCampaign(tracked) ?? '');
  }

  expect(found.join('\n')).toContain(words);
});
