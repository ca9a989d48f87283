/** One local run of a campaign: its notifications are sent at once, and they and the campaign are tracked to their ends. */
import { campaignPartition } from '../../contract/table-names.ts';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { Clock } from '../clock.ts';
import { inLocalWorld } from '../local-world.ts';
import type { LocalOptions } from '../options.ts';
import { finalEventOf, sendAndTrack } from '../run.ts';
import type { CampaignResult } from './campaign-report.ts';
import type { PlannedCampaign } from './planned-campaign.ts';

export interface CampaignListener {
  onStart(deployment: { host: string }): void;
  /** Hears of every check of a notification. */
  onCheck(requestId: string, result: CheckResult): void;
  /** Hears of every check of the campaign itself. */
  onCampaignCheck(result: CampaignCheckResult): void;
}

/**
 * @param interrupted stops every execution.
 * @throws ConfigurationError
 */
export function runCampaign(
  options: LocalOptions,
  { campaignId, notifications }: PlannedCampaign,
  clock: Clock,
  listener: CampaignListener,
  interrupted: AbortSignal,
): Promise<CampaignResult> {
  return inLocalWorld(options, clock, interrupted, async (world) => {
    const { aws, tableName } = world;
    const { streamId, recipients } = options;
    listener.onStart(world);
    let checks = 0;
    const execution = aws.trackCampaign({
      name: campaignId,
      input: { campaignId, notifications: notifications.length },
      onCheck(result) {
        checks += 1;
        listener.onCampaignCheck(result);
      },
    });
    const tracked = notifications.map(({ requestId, course }) => {
      const input = { requestId, streamId, recipients, campaignId };
      return sendAndTrack(world, input, course, (check) => listener.onCheck(requestId, check));
    });
    interrupted.addEventListener('abort', () => {
      for (const { stop } of [execution, ...tracked]) stop();
    });

    const [end, ...trackings] = await Promise.all([execution.ended, ...tracked.map(({ result }) => result)]);
    const [row] = await aws.rowsOf(campaignPartition(campaignId));
    return { campaignId, end, event: finalEventOf(execution, aws), row, checks, tableName, trackings };
  });
}
