/** One run of the function for campaigns: the project's own modules over the stores, where each request may fail. */
import { checkCampaign } from '../../../../lambdas/check-campaign/check.ts';
import type { CampaignSettings } from '../../../../lambdas/check-campaign/environment.ts';
import type { CampaignCheckResult } from '../../../../lambdas/check-campaign/invocation.ts';
import type { CampaignWorld } from '../../../../lambdas/check-campaign/world.ts';
import type { Log } from '../../../../lambdas/check-delivery/telemetry/log.ts';
import { obstacleError } from '../delivery-log.ts';
import { DEADLINE_SECONDS } from '../plan.ts';
import { inProcess, type Process } from '../process.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignPlace } from './plan.ts';

const SETTINGS: CampaignSettings = {
  tableArn: 'table',
  deadlineSeconds: DEADLINE_SECONDS,
  retentionDays: 90,
  waitSeconds: 50,
};
/** What a check keeps of its time for after the reading. */
const RESERVED_MS = 20_000;
const PAGE_OF_EXECUTIONS = 20;
const tableError = obstacleError('TABLE_UNREACHABLE');

/** @throws FunctionError */
export function invokeCampaign(payload: unknown, campaign: Campaign): Promise<CampaignCheckResult> {
  return inProcess(campaign, RESERVED_MS, (process) => {
    const world = worldOf(campaign, process, campaign.time.now());
    return checkCampaign(payload, SETTINGS, world, process.timeToWork);
  });
}

function worldOf(
  { stores, executions, made, sweeps, time }: Campaign,
  { now, request }: Process<CampaignPlace>,
  beganAt: number,
): CampaignWorld {
  const { campaigns, index, finalEvents } = stores;
  const closed = (since: number) =>
    executions()
      .filter(({ startedAt, status }) => startedAt >= since && status !== 'RUNNING')
      .toSorted((a, b) => b.startedAt - a.startedAt);
  const error = (way: string) => new Error(way);
  return {
    now,
    campaigns: {
      async *summariesOf(_, signal) {
        const pages = index.pages()[Symbol.iterator]();
        for (;;) {
          const page = await request('index', () => pages.next(), tableError, signal);
          if (page.done) return;
          yield page.value as never;
        }
      },
      saveRow: (row) => request('campaign row', () => campaigns.saveRow(row), tableError),
      rowOf: (campaignId) => request('campaign row', () => campaigns.rowOf(campaignId), tableError),
    },
    finalEvents: {
      record(row) {
        made.push({ beganAt, madeAt: time.now(), detail: row.detail });
        return request('final event row', () => finalEvents.record(row), tableError);
      },
      read: (arns, signal) => {
        const rows = () => arns.flatMap((arn) => finalEvents.rowOf(arn) ?? []);
        const byArn = () => new Map(rows().map((row) => [row.requestId, row]));
        return request('final events', byArn, tableError, signal);
      },
    },
    deliveryLog: {
      saveSummary: (summary) => request('summary', () => index.saveSummary(summary), tableError),
    },
    executions: {
      async *closedSince(since, signal) {
        const all = await request('executions', () => closed(since), error, signal);
        for (let first = 0; first < all.length; first += PAGE_OF_EXECUTIONS) {
          yield all
            .slice(first, first + PAGE_OF_EXECUTIONS)
            .map(({ arn, name, status }) => ({ arn, name, status }));
          await request('executions', () => {}, error, signal);
        }
      },
      describe: (arn, signal) => {
        const input = () => executions().find((one) => one.arn === arn)?.input;
        return request('input', () => ({ input: JSON.stringify(input()) }), error, signal);
      },
    },
    log: logOf((message) => {
      if (message === 'asked the executions') sweeps.push({ beganAt, doneAt: time.now() });
    }),
    meter: { add: () => {} },
  };
}

function logOf(info: (message: string) => void): Log {
  const log: Log = { info, warn: () => {}, about: () => log };
  return log;
}
