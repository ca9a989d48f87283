/** Whole runs of a campaign, as `npm start -- --campaign` makes them, over a clock that jumps. */
import { beforeAll, describe, expect, it } from 'vitest';
import { campaignCompleteSchema } from '../../contract/campaign/campaign-event.ts';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { CampaignResult } from '../../local/campaign/campaign-report.ts';
import { type CampaignListener, runCampaign } from '../../local/campaign/campaign-run.ts';
import { jumpingClock } from '../../local/clock.ts';
import { exitStatusOf } from '../../local/exit-status.ts';
import { parseOptions } from '../../local/options.ts';
import { jsonDocument } from '../../local/report.ts';

/** A synthesis and five functions at work at once take a while on a machine that does other things too. */
const TIMEOUT_MS = 60_000;

interface Run {
  readonly result: CampaignResult;
  readonly campaignId: string;
  readonly requestIds: readonly string[];
  /** By the notification. */
  readonly checks: ReadonlyMap<string, readonly CheckResult[]>;
  readonly campaignChecks: readonly CampaignCheckResult[];
}

async function run(
  argv: readonly string[],
  listener: Partial<CampaignListener> = {},
  interrupted = new AbortController().signal,
): Promise<Run> {
  const options = parseOptions(argv);
  if (options?.campaign === undefined) throw new Error('no campaign was asked for');
  const { campaign } = options;
  const requestIds = campaign.notifications.map(({ requestId }) => requestId);
  const checks = new Map(requestIds.map((requestId) => [requestId, [] as CheckResult[]]));
  const campaignChecks: CampaignCheckResult[] = [];
  const listening: CampaignListener = {
    onStart() {},
    onCheck(requestId, check) {
      checks.get(requestId)?.push(check);
      listener.onCheck?.(requestId, check);
    },
    onCampaignCheck(check) {
      campaignChecks.push(check);
    },
  };
  const result = await runCampaign(options, campaign, jumpingClock(), listening, interrupted);
  return { result, campaignId: campaign.campaignId, requestIds, checks, campaignChecks };
}

const statusOf = ({ end, trackings }: CampaignResult) =>
  exitStatusOf(end, ...trackings.map((tracking) => tracking.end));

describe('a campaign of five', () => {
  let five: Run;
  beforeAll(async () => {
    five = await run(['--campaign', '5', '--recipients', '12']);
  }, TIMEOUT_MS);

  it('tracks each notification to its end, with all its rows', () => {
    const { result, requestIds } = five;

    expect(result.trackings.map(({ name }) => name)).toEqual(requestIds);
    for (const tracking of result.trackings) {
      const { execution, event, summary, deliveryLogs } = jsonDocument(tracking);
      expect(execution.output).toMatchObject({ outcome: 'complete' });
      expect(event?.detail.data).toMatchObject({ requestId: tracking.name });
      expect(summary).toMatchObject({ campaignId: five.campaignId, outcome: 'complete' });
      expect(deliveryLogs).toHaveLength(12);
    }
  });

  it('lets them differ', () => {
    const failures = five.result.trackings.map(
      ({ rows }) => rows.filter(({ logId, status }) => logId !== '#summary' && status === 'FAILURE').length,
    );

    expect(failures).toEqual([1, 0, 3, 1, 1]);
  });

  it('ends in one event of the campaign, with the totals of all', () => {
    const { result, campaignId } = five;
    const { data } = campaignCompleteSchema.parse(result.event?.detail);

    expect(result.event?.detailType).toBe('Campaign Delivery Complete');
    expect(data).toMatchObject({
      campaignId,
      notifications: { expected: 5, complete: 5, missing: 0 },
      counts: { total: 60, delivered: 54, failed: 6 },
    });
    expect(statusOf(result)).toBe(0);
  });

  it('leaves the row of the campaign', () => {
    expect(five.result.row).toMatchObject({
      requestId: `#campaign#${five.campaignId}`,
      logId: '#summary',
      outcome: 'complete',
      counts: { total: 60 },
    });
  });

  it('tells of every check, of the notifications and of the campaign', () => {
    const { checks, campaignChecks, result } = five;

    for (const { name, checks: count } of result.trackings) expect(checks.get(name)).toHaveLength(count);
    expect(campaignChecks).toHaveLength(result.checks);
    expect(campaignChecks.at(-1)).toMatchObject({ outcome: 'complete' });
  });
});

it(
  'a campaign whose notifications time out is complete, and the run timed out',
  async () => {
    const { result } = await run(['--campaign', '2', '--scenario', 'slow', '--deadline-seconds', '10']);

    expect(result.event?.detail.data).toMatchObject({ notifications: { expected: 2, timedOut: 2 } });
    expect(result.row).toMatchObject({ outcome: 'complete' });
    expect(statusOf(result)).toBe(3);
  },
  TIMEOUT_MS,
);

it(
  'a run that is interrupted stops the campaign and every notification',
  async () => {
    const interruption = new AbortController();

    const { result } = await run(
      ['--campaign', '3'],
      { onCheck: () => interruption.abort() },
      interruption.signal,
    );

    expect([result.end, ...result.trackings.map(({ end }) => end)].map(({ status }) => status)).toEqual(
      Array(4).fill('ABORTED'),
    );
    expect(result.event).toBeUndefined();
  },
  TIMEOUT_MS,
);
