/** Every order of the steps of a campaign's check, its reporter and a redrive, with up to two faults, over the project's own code. */
import { expect, it } from 'vitest';
import { synthesisedStepFunctions } from './careless/step-functions.ts';
import * as planted from './explorer/campaign/planted.ts';
import { type CampaignStores, type CampaignTime, campaignScenario } from './explorer/campaign/scenario.ts';
import { campaignWorld } from './explorer/campaign/world.ts';
import { explore, firstWrong } from './explorer/explore.ts';
import { backstopGoesByItsOwnEnd, lastEndWins } from './explorer/planted.ts';

const stepFunctions = synthesisedStepFunctions(() => 0);
const worldOf = (time: CampaignTime, stores?: Partial<CampaignStores>) =>
  campaignWorld(campaignScenario(time, stores), stepFunctions);
const MOST_FAULTS = Number(process.env.EXPLORER_FAULTS ?? 2);

it.each<CampaignTime>(['it begins', 'it times out', 'its patience is over'])(
  'a campaign has one truth in every order where %s',
  async (time) => {
    const startedAt = performance.now();
    const world = await worldOf(time);

    const { wrong, states, steps, histories } = await explore(world, MOST_FAULTS);

    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const figures = { histories, states, steps, seconds };
    console.info(`campaign, ${time}, faults: ${MOST_FAULTS}: ${JSON.stringify(figures)}`);
    expect(wrong === undefined ? [] : await firstWrong(world, MOST_FAULTS)).toEqual([]);
  },
);

const PLANTED: Readonly<
  Record<string, [time: CampaignTime, stores: Partial<CampaignStores>, words: string]>
> = {
  'two truths': ['it times out', { finalEvents: lastEndWins }, 'it tells 2 truths'],
  'a reporter that contradicts': ['it begins', { finalEvents: backstopGoesByItsOwnEnd }, 'it tells 2 truths'],
  'a state machine that contradicts': [
    'its patience is over',
    { finalEvents: planted.stateMachineGoesByItsOwnEnd },
    'it tells 2 truths',
  ],
  'progress over an end': ['it begins', { campaigns: planted.lastRowWins }, 'its row goes'],
  'a campaign that counts what is not there': [
    'it begins',
    { campaigns: planted.summariesAreTwice },
    'it counts 4 ends of 2',
  ],
};

it.each(Object.keys(PLANTED))('finds %s, and the shortest way to it', async (name) => {
  const [time, stores, words] = PLANTED[name] as (typeof PLANTED)[string];

  const history = (await firstWrong(await worldOf(time, stores), MOST_FAULTS)) ?? [];

  expect(history.at(-1)).toContain(words);
  expect(history.length - 1).toBeLessThanOrEqual(6);
});
