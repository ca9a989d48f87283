/** What the explorer explores of campaigns: one of two notifications, its execution, and how late it is. */
import type { Summary } from '../../../../contract/delivery-log-row.ts';
import { SUMMARY_ID } from '../../../../contract/table-names.ts';
import { graceAfter, lastEnd } from '../../../../lambdas/check-delivery/schedule/moment.ts';
import {
  type CampaignsInMemory,
  campaignsInMemory,
} from '../../../../testing/in-memory/campaigns-in-memory.ts';
import {
  type FinalEventsInMemory,
  finalEventsInMemory,
} from '../../../../testing/in-memory/final-events-in-memory.ts';
import { DEADLINE_SECONDS } from '../../careless/plan.ts';
import { START } from '../scenario.ts';

export const CAMPAIGN_ID = 'spring';
export const CAMPAIGN_ARN = 'arn:campaign:spring';
export const ANNOUNCED = 2;

/** Each makes a new one. */
export interface CampaignStores {
  campaigns(): CampaignsInMemory;
  finalEvents(): FinalEventsInMemory;
}

export type CampaignTime = 'it begins' | 'it times out' | 'its patience is over';

export interface CampaignScenario {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly input: object;
  /** What the check before has left, where there was one. */
  readonly state: unknown;
  /** It tells an end also where a row cannot be written. */
  readonly isImpatient: boolean;
  readonly stores: CampaignStores;
}

const LATEST = lastEnd(DEADLINE_SECONDS);
const ELAPSED_SECONDS: Readonly<Record<CampaignTime, number>> = {
  'it begins': 0,
  'it times out': LATEST,
  'its patience is over': LATEST + graceAfter(DEADLINE_SECONDS),
};

export function campaignScenario(time: CampaignTime, stores: Partial<CampaignStores> = {}): CampaignScenario {
  const input = { campaignId: CAMPAIGN_ID, notifications: ANNOUNCED, deadlineSeconds: DEADLINE_SECONDS };
  const startedAt = START - ELAPSED_SECONDS[time] * 1000;
  const lastEndAt = new Date(startedAt + LATEST * 1000).toISOString();
  const waiting = { outcome: 'waiting', campaign: input, checks: 1, lastEndAt };
  return {
    now: START,
    startedAt: new Date(startedAt).toISOString(),
    input,
    state: time === 'it begins' ? input : waiting,
    isImpatient: time === 'its patience is over',
    stores: { campaigns: campaignsInMemory, finalEvents: finalEventsInMemory, ...stores },
  };
}

/** Of a notification that has ended. */
export function summaryOf(requestId: string): Summary {
  return {
    ...{ requestId, logId: SUMMARY_ID, outcome: 'complete', campaignId: CAMPAIGN_ID },
    counts: { total: 1, delivered: 1, failed: 0 },
    savedAt: new Date(START).toISOString(),
    expiresAt: START / 1000 + 90 * 86_400,
  };
}
