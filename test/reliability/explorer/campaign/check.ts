/** One run of the function for campaigns: the project's own modules, each of whose requests is a call that the explorer answers. */
import { checkCampaign } from '../../../../lambdas/check-campaign/check.ts';
import type { CampaignSettings } from '../../../../lambdas/check-campaign/environment.ts';
import type { CampaignCheckResult } from '../../../../lambdas/check-campaign/invocation.ts';
import type { CampaignWorld } from '../../../../lambdas/check-campaign/world.ts';
import { ObstacleError } from '../../../../lambdas/check-delivery/obstacle.ts';
import type { FinalEventRow } from '../../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { Log } from '../../../../lambdas/check-delivery/telemetry/log.ts';
import { DEADLINE_SECONDS } from '../../careless/plan.ts';
import { FunctionDied } from '../check.ts';
import type { EndPart } from '../parts.ts';
import { READING, type Request, requestsOf } from '../requests.ts';
import { type Ask, CallFailed } from '../run.ts';
import { type CampaignsPart, summariesIn } from './parts.ts';
import { CAMPAIGN_ARN, CAMPAIGN_ID, type CampaignScenario } from './scenario.ts';

const SETTINGS: CampaignSettings = {
  ...{ tableArn: 'table', deadlineSeconds: DEADLINE_SECONDS, retentionDays: 90, waitSeconds: 50 },
};
const LOG: Log = { info: () => {}, warn: () => {}, about: () => LOG };

export interface Circumstances {
  readonly ask: Ask;
  now(): number;
  /** Nothing goes wrong any more. */
  readonly isInPeace: boolean;
}

/** Rejects with FunctionDied. */
export function checkOfCampaign(
  state: unknown,
  { startedAt, input, isImpatient }: CampaignScenario,
  { ask, now, isInPeace }: Circumstances,
): Promise<CampaignCheckResult> {
  const { promise: returned, resolve, reject } = Promise.withResolvers<CampaignCheckResult>();
  const request = requestsOf(ask, isInPeace, () => reject(new FunctionDied()));
  const execution = { id: CAMPAIGN_ARN, name: CAMPAIGN_ID, startedAt };
  checkCampaign(
    { execution, input, state },
    SETTINGS,
    worldOf(now, isImpatient, request),
    new AbortController().signal,
  )
    .then(async (result) => {
      await request({ place: 'returns', faults: ['process dies'] });
      resolve(result);
    })
    .catch(reject);
  return returned;
}

function worldOf(now: () => number, isImpatient: boolean, request: Request): CampaignWorld {
  return {
    now,
    campaigns: {
      async *summariesOf() {
        const doing = ({ campaigns }: CampaignsPart) => summariesIn(campaigns);
        yield await table(
          request<never>({ place: 'reads the index', part: 'index', doing, faults: READING }),
        );
      },
      saveRow: (row) =>
        table(
          request({
            place: row.outcome === undefined ? 'writes its progress' : 'writes the end into its row',
            part: 'campaign row',
            args: [row],
            doing: ({ campaigns }: CampaignsPart) => campaigns.saveRow(row),
          }),
        ),
      rowOf: (campaignId) =>
        table(
          request({
            place: 'reads its row',
            part: 'campaign row',
            doing: ({ campaigns }: CampaignsPart) => campaigns.rowOf(campaignId),
            faults: READING,
          }),
        ),
    },
    finalEvents: {
      record: (row: FinalEventRow) =>
        table(
          request({
            place: 'records its end',
            part: 'end',
            args: [row],
            doing: ({ finalEvents }: EndPart) => finalEvents.record(row),
            // An event that could wait no longer for its row may be contradicted.
            ...(isImpatient && { faults: ['process dies'] }),
          }),
        ),
      read: async () => new Map(),
    },
    deliveryLog: {
      saveSummary: (summary) =>
        table(
          request({
            place: 'writes a summary that nobody wrote',
            part: 'index',
            args: [summary],
            doing: ({ campaigns }: CampaignsPart) => campaigns.saveSummary(summary),
          }),
        ),
    },
    executions: {
      async *closedSince() {
        await request({ place: 'asks the executions', faults: READING });
        yield [{ arn: 'arn:ds-2', name: 'ds-2', status: 'ABORTED' }];
      },
      describe: async () => ({
        input: JSON.stringify({ requestId: 'ds-2', streamId: 'st-1', campaignId: CAMPAIGN_ID }),
      }),
    },
    log: LOG,
    meter: { add: () => {} },
  };
}

async function table<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    throw new ObstacleError('TABLE_UNREACHABLE', 'no', { cause: error });
  }
}
