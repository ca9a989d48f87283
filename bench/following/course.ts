/** A campaign followed to its end by the project's own check, on a virtual clock and without tables. */
import { checkCampaign } from '../../lambdas/check-campaign/check.ts';
import type { CampaignSettings } from '../../lambdas/check-campaign/environment.ts';
import type { CampaignWorld } from '../../lambdas/check-campaign/world.ts';
import type { Log } from '../../lambdas/check-delivery/telemetry/log.ts';
import { campaignsInMemory } from '../../testing/in-memory/campaigns-in-memory.ts';
import { finalEventsInMemory } from '../../testing/in-memory/final-events-in-memory.ts';
import type { Random } from '../campaign/campaign.ts';
import { CAMPAIGN_ID, type IndexedSummary, summaryAt } from './summaries.ts';

export interface FollowedCampaign {
  readonly notifications: number;
  /** From the start to the end of the last notification. */
  readonly lastEndSeconds: number;
  readonly deadlineSeconds: number;
  /** What a check takes. */
  readonly checkSeconds: number;
  readonly settings: CampaignSettings;
}

export interface Course {
  /** Seconds from the last notification's end, as its summary tells it, to the campaign's event. */
  readonly lag: number;
  readonly checks: number;
  /** Of rows that the checks wrote. */
  readonly writeUnits: number;
}

const START = Date.parse('2026-01-01T00:00:00Z');
/** From the end, as the summary tells it, until the index tells the summary: assumed. */
export const INDEX_LAG_MS = 1_000;
/** Between two states, where the function or EventBridge is called: as for the checks of notifications. */
const LATENCY_MS = { least: 100, most: 400 };

export async function follow(followed: FollowedCampaign, random: Random): Promise<Course> {
  const { notifications, lastEndSeconds, deadlineSeconds, checkSeconds, settings } = followed;
  const lastEnd = START + lastEndSeconds * 1_000;
  const all = summariesAt(notifications, lastEnd);
  const latency = () => LATENCY_MS.least + random() * (LATENCY_MS.most - LATENCY_MS.least);
  const campaigns = campaignsInMemory();
  const finalEvents = finalEventsInMemory();
  let now = START;
  let writeUnits = 0;
  const written = <T extends object>(row: T): T => {
    writeUnits += Math.ceil(Buffer.byteLength(JSON.stringify(row)) / 1_024);
    return row;
  };
  const world: CampaignWorld = {
    now: () => now,
    campaigns: {
      ...campaigns,
      async *summariesOf() {
        const isWhole = now >= lastEnd + INDEX_LAG_MS;
        now += checkSeconds * 1_000;
        // One missing is as good as all: a check waits.
        yield isWhole ? all : [];
      },
      saveRow: (row) => campaigns.saveRow(written(row)),
    },
    finalEvents: { record: (row) => finalEvents.record(written(row)), read: async () => new Map() },
    deliveryLog: campaigns,
    executions: { async *closedSince() {}, describe: async () => ({}) },
    log: SILENT,
    meter: { add: () => {} },
  };

  const input = { campaignId: CAMPAIGN_ID, notifications, deadlineSeconds };
  const execution = { id: 'arn:campaign', name: CAMPAIGN_ID, startedAt: new Date(START).toISOString() };
  let state: unknown = input;
  for (let checks = 1; ; checks += 1) {
    now += latency();
    const result = await checkCampaign({ execution, input, state }, settings, world, NEVER);
    if (result.outcome === 'complete')
      return { lag: (now + latency() - lastEnd) / 1_000, checks, writeUnits };
    if (result.outcome !== 'waiting') throw new Error(`a simulated campaign ended ${result.outcome}`);
    state = result;
    now = Math.max(now, Date.parse(result.nextCheckAt));
  }
}

const NEVER = AbortSignal.any([]);
const SILENT: Log = { info: () => {}, warn: () => {}, about: () => SILENT };

let summaries: IndexedSummary[] = [];

/** The same for every course of as many, but for the last one's end. */
function summariesAt(notifications: number, lastEnd: number): readonly IndexedSummary[] {
  if (summaries.length !== notifications) {
    const early = new Date(START).toISOString();
    summaries = Array.from({ length: notifications }, (_, i) => summaryAt(i, early));
  }
  summaries[notifications - 1] = summaryAt(notifications - 1, new Date(lastEnd).toISOString());
  return summaries;
}
