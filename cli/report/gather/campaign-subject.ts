/** A campaign with its notifications: those that have ended, from the index, and those that run, from Step Functions. */
import { CommandError } from '../../command-error.ts';
import type { Tracker } from '../../session.ts';
import { type Campaign, lookUpCampaign } from '../../tracker/campaign/campaign.ts';
import { campaignSummaries } from '../../tracker/campaign/campaign-summaries.ts';
import { describeAttempt } from '../../tracker/executions/attempts.ts';
import { inLanes } from '../../tracker/executions/details.ts';
import { beginningOf, listedAttempts } from '../../tracker/executions/listed-attempts.ts';
import { lookUpTracking, trackingOf } from '../../tracker/executions/tracking.ts';
import type { ReportedNotification, Subject } from '../data/subject.ts';
import { reportedNotification } from './reported-notification.ts';

/** @returns `undefined` where there is no campaign of that id. */
export async function campaignSubject(
  tracker: Tracker,
  campaignId: string,
  now: number,
): Promise<Subject | undefined> {
  // An earlier release has no index of campaigns either.
  const campaign = tracker.campaigns && (await knownCampaign(tracker, campaignId, now));
  if (campaign === undefined) return undefined;
  const notifications = new Map<string, ReportedNotification>();
  for await (const { requestId, outcome, completedAt } of campaignSummaries(
    tracker.deliveryLog,
    campaignId,
    now,
  )) {
    notifications.set(requestId, { requestId, state: outcome, endedAt: completedAt });
  }
  await addRecipients(tracker, notifications);
  const { state, expected, startedAt, endedAt } = campaign;
  // Of a campaign that nobody tracks only those that have ended are known, and those that run.
  const isOpen = expected === undefined || notifications.size < expected;
  const running = isOpen ? await runningIn(tracker, campaignId) : [];
  for (const one of running) notifications.set(one.requestId, one);
  const all = [...notifications.values()];
  return {
    ...{ kind: 'campaign', id: campaignId, startedAt, endedAt },
    // One that timed out may be tracked again.
    isOver: state !== 'running' && all.every((one) => one.state !== 'running'),
    expectedNotifications: expected,
    notifications: all,
  };
}

async function knownCampaign(tracker: Tracker, id: string, now: number): Promise<Campaign | undefined> {
  try {
    return await lookUpCampaign(tracker, id, now);
  } catch (error) {
    if (error instanceof CommandError && error.code === 'NO_SUCH_CAMPAIGN') return undefined;
    throw error;
  }
}

/** So many are asked for one by one: Step Functions answers 250 such requests at once (AWS docs, service quotas). */
const MOST_ASKED = 200;

/** Those that did not complete are asked how many recipients they have: nobody else knows who was not heard of. */
async function addRecipients(
  { stateMachine, deliveryLog }: Tracker,
  notifications: Map<string, ReportedNotification>,
): Promise<void> {
  const lost = [...notifications.values()].filter(({ state }) => state !== 'complete').slice(0, MOST_ASKED);
  await inLanes(lost, async ({ requestId }) => {
    const tracking = await lookUpTracking(stateMachine, deliveryLog, requestId);
    if (tracking !== undefined) notifications.set(requestId, reportedNotification(tracking));
  });
}

/** The latest starts of all that run, as far as they belong to the campaign. */
async function runningIn({ stateMachine }: Tracker, campaignId: string): Promise<ReportedNotification[]> {
  const listed: string[] = [];
  for await (const { attempt } of listedAttempts(stateMachine, beginningOf(['RUNNING'], MOST_ASKED))) {
    listed.push(attempt.executionArn);
    if (listed.length >= MOST_ASKED) break;
  }
  const attempts = await inLanes(listed, (arn) => describeAttempt(stateMachine, arn));
  return attempts.flatMap((attempt) => {
    const tracking = trackingOf({ attempt, summary: undefined });
    const isOurs = tracking?.state === 'running' && tracking.campaignId === campaignId;
    return isOurs ? [reportedNotification(tracking)] : [];
  });
}
