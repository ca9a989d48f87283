/** What the processes around a campaign share, over the project's stores in memory. */
import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import type { Ended } from '../../../../lambdas/check-campaign/invocation.ts';
import type { SeenSummary } from '../../../../lambdas/check-campaign/totals.ts';
import type { CampaignsInMemory } from '../../../../testing/in-memory/campaigns-in-memory.ts';
import { faultInHistory } from '../../careless/campaign/row-model.ts';
import type { Part } from '../part.ts';
import type { Status } from '../parts.ts';
import { START } from '../scenario.ts';
import { CAMPAIGN_ID, summaryOf } from './scenario.ts';

export interface CampaignsPart extends Part {
  readonly campaigns: CampaignsInMemory;
}

const NEVER = new AbortController().signal;

/** The summaries; one notification has ended. */
export async function indexPart(campaigns: CampaignsInMemory): Promise<CampaignsPart> {
  await campaigns.saveSummary(summaryOf('ds-1'));
  return { campaigns, content: async () => [...new Set(await summariesIn(campaigns))] };
}

/** As they are read. */
export async function summariesIn(campaigns: CampaignsInMemory): Promise<SeenSummary[]> {
  const summaries: SeenSummary[] = [];
  for await (const page of campaigns.summariesOf(CAMPAIGN_ID, NEVER)) summaries.push(...page);
  return summaries;
}

/** The row, which never goes back. */
export function campaignRowPart(good: CampaignsInMemory): CampaignsPart {
  const rows: CampaignRow[] = [];
  const campaigns = {
    ...good,
    async saveRow(row: Parameters<typeof good.saveRow>[0]) {
      const isOurs = await good.saveRow(row);
      const there = await good.rowOf(CAMPAIGN_ID);
      if (there !== undefined && there !== rows.at(-1)) rows.push(there);
      return isOurs;
    },
  };
  return { campaigns, content: () => good.rowOf(CAMPAIGN_ID), wrong: () => faultInHistory(rows.slice(-2)) };
}

/** What an execution is about to do. */
export type Step =
  | { readonly does: 'check'; readonly state: unknown }
  | { readonly does: 'record'; readonly ended: Ended }
  | { readonly does: 'publish'; readonly ended: Ended };

/** An execution that can be redriven, from the state that it was in. */
export interface RedrivenPart extends Part {
  /** Whether this run goes on, and with what. */
  goOn(run: number, step: Step): boolean;
  end(run: number, status: Status, outcome: string): boolean;
  stop(): Status;
  redrive(): { readonly run: number; readonly step: Step } | undefined;
}

export function redrivenPart(first: Step): RedrivenPart {
  let status: Status = 'RUNNING';
  let run = 0;
  let at = first;
  let outcome: string | undefined;
  const isRunning = (ours: number) => status === 'RUNNING' && run === ours;
  return {
    goOn(ours, step) {
      if (!isRunning(ours)) return false;
      at = step;
      return true;
    },
    end(ours, ended, told) {
      if (!isRunning(ours)) return false;
      status = ended;
      outcome = told;
      return true;
    },
    stop() {
      if (status !== 'RUNNING') return status;
      status = 'ABORTED';
      run += 1;
      return status;
    },
    redrive() {
      if (status !== 'ABORTED') return undefined;
      status = 'RUNNING';
      return { run, step: at };
    },
    content: () => ({ status, outcome, run, at }),
  };
}

export interface ClockPart extends Part {
  waitUntil(time: number): void;
}

export function clockPart(): ClockPart {
  let time = START;
  return {
    waitUntil(until) {
      time = Math.max(time, until);
    },
    now: () => time,
    content: () => time,
  };
}
