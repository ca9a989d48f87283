/** Which lines `logs` is asked for, and where they are. */
import { executionArn, executionName } from '../../../../client/index.ts';
import { noSuchTracking } from '../../../command-error.ts';
import type { Tracker } from '../../../session.ts';
import { lookUpCampaign } from '../../../tracker/campaign/campaign.ts';
import { describeAttempt } from '../../../tracker/executions/attempts.ts';
import { lookUp, trackingOf } from '../../../tracker/executions/tracking.ts';
import type { Wanted } from '../../../tracker/log-lines.ts';
import { trackerTooOld } from '../../../tracker/too-old.ts';

export interface LinesOf extends Wanted {
  readonly logGroups: readonly string[];
  /** Such as `about ds-1`. */
  readonly which: string;
  /** What the document says before the lines. */
  readonly facts: object;
}

/** A check that was under way at the end of its execution. */
const AFTER_END_MS = 120_000;

/**
 * Of all attempts.
 *
 * @param since by default the start of the first one.
 * @throws CommandError `NO_SUCH_TRACKING`.
 */
export async function linesOfNotification(
  { stateMachine, deliveryLog, description }: Tracker,
  requestId: string,
  since: number | undefined,
): Promise<LinesOf> {
  const [known, first] = await Promise.all([
    lookUp(stateMachine, deliveryLog, requestId),
    describeAttempt(stateMachine, executionArn(stateMachine.arn, executionName(requestId))),
  ]);
  const tracking = trackingOf(known);
  if (tracking === undefined) throw noSuchTracking(requestId);
  const endedAt = timeOf(tracking.endedAt);
  return {
    ...{ anyOf: [['requestId', requestId]], which: `about ${requestId}`, facts: { requestId } },
    logGroups: [description.logGroupName],
    since: since ?? first?.startedAt?.getTime() ?? timeOf(tracking.startedAt) ?? 0,
    until: tracking.state === 'running' || endedAt === undefined ? undefined : endedAt + AFTER_END_MS,
  };
}

/**
 * @param since by default the start of the campaign.
 * @throws CommandError `NO_SUCH_CAMPAIGN`, `TRACKER_TOO_OLD`.
 */
export async function linesOfCampaign(
  tracker: Tracker,
  campaignId: string,
  since: number | undefined,
  now: number,
): Promise<LinesOf> {
  const { campaignLogGroupName } = tracker.description;
  if (campaignLogGroupName === undefined)
    throw trackerTooOld(tracker.description, 'the log of its campaigns');
  const { startedAt } = await lookUpCampaign(tracker, campaignId, now);
  return {
    ...{ anyOf: [['campaignId', campaignId]], which: `about ${campaignId}`, facts: { campaignId } },
    logGroups: [campaignLogGroupName],
    since: since ?? timeOf(startedAt) ?? 0,
  };
}

/** Warnings and errors of both functions, and invocations that did not end well. */
export function troubleOfAll({ description }: Tracker, since: number): LinesOf {
  const { logGroupName, campaignLogGroupName } = description;
  return {
    anyOf: [
      ...['WARN', 'ERROR', 'CRITICAL', 'FATAL'].map((level) => ['level', level] as const),
      ...['error', 'failure', 'timeout'].map((status) => ['record.status', status] as const),
    ],
    ...{ which: 'with a warning or an error', facts: {}, since },
    logGroups: [logGroupName, ...(campaignLogGroupName === undefined ? [] : [campaignLogGroupName])],
  };
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
