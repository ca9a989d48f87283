/** What must be true of a campaign after all, from what the summaries of its notifications said and when. */
import type { CampaignNotifications } from '../../../../contract/campaign/campaign-event.ts';
import { endedWith } from '../../../../lambdas/check-campaign/ending/campaign-event.ts';
import { graceAfter, lastEnd } from '../../../../lambdas/check-delivery/schedule/moment.ts';
import { faultIn, faultInTruth } from '../model.ts';
import { DEADLINE_SECONDS } from '../plan.ts';
import { CAMPAIGN_ARN, type MadeEnd } from './campaign.ts';
import { MOST_LAG_MS, type Told } from './lagging-index.ts';
import { faultInHistory, faultInLastRow } from './row-model.ts';
import type { TrackedCampaign } from './world.ts';

/** What is wrong with a campaign's end or its notifications; `undefined` where nothing is. */
export function faultInCampaign(tracked: TrackedCampaign): string | undefined {
  for (const one of tracked.notifications) {
    const fault = faultIn(one);
    if (fault !== undefined) return `${one.notification.requestId}: ${fault}`;
  }
  const { campaign, execution } = tracked;
  const isUnheard = campaign.planned.isReportLost && execution.status === 'ABORTED';
  return (
    (isUnheard ? undefined : (faultInTruth(campaign, execution) ?? faultInOutput(tracked))) ??
    faultInTime(tracked) ??
    faultInNumbers(tracked) ??
    faultInSweep(tracked) ??
    faultInHistory(campaign.rows) ??
    (isUnheard ? undefined : faultInLastRow(tracked, madeEndOf(tracked)))
  );
}

function faultInOutput({ execution, campaign }: TrackedCampaign): string | undefined {
  const row = campaign.stores.finalEvents.rowOf(CAMPAIGN_ARN);
  if (execution.output === undefined || row === undefined) return undefined;
  const { output } = endedWith(row.outcome, JSON.parse(row.detail));
  return JSON.stringify(output) === JSON.stringify(execution.output) ? undefined : 'its output is another';
}

/** A check that Step Functions gives up, and what publishes in its place. */
const MOST_BEYOND_MS = 150_000;

/** It ends by its last end, and the time that its own side has after that. */
function faultInTime({ execution, redrivenAt = 0 }: TrackedCampaign): string | undefined {
  const { startedAt, endedAt } = execution;
  if (endedAt === undefined) return 'it still runs';
  const seconds = lastEnd(DEADLINE_SECONDS) + graceAfter(DEADLINE_SECONDS);
  const latest = Math.max(startedAt + seconds * 1000, redrivenAt) + MOST_BEYOND_MS;
  return endedAt > latest ? `it ends ${(endedAt - latest) / 1000} s too late` : undefined;
}

/** The end that a check made of what it had found, where it was told. */
function madeEndOf({ campaign }: TrackedCampaign): MadeEnd | undefined {
  const row = campaign.stores.finalEvents.rowOf(CAMPAIGN_ARN);
  return campaign.made.find(({ detail }) => detail === row?.detail);
}

/** They are what the summaries said as the check counted; the index may have been behind by its lag. */
function faultInNumbers(tracked: TrackedCampaign): string | undefined {
  const made = madeEndOf(tracked);
  if (made === undefined) return undefined;
  const { outcome } = tracked.campaign.stores.finalEvents.rowOf(CAMPAIGN_ARN) ?? {};
  const { index } = tracked.campaign.stores;
  const { notifications, counts } = JSON.parse(made.detail).data;
  if (notifications === undefined) return undefined;
  const since = made.beganAt - MOST_LAG_MS;
  const told = upTo(notifications);
  const least = upTo(numbersOf(index.saidAt(since)));
  const most = upTo(numbersOf(index.saidAt(made.madeAt)));
  if (told.some((number, i) => number < (least[i] ?? 0) || number > (most[i] ?? 0)))
    return `it counts ${told}, between ${least} and ${most}`;
  const { expected, missing, extra } = notifications;
  const ended = told[2] ?? 0;
  if (expected !== tracked.campaign.planned.announced) return 'it expects another number';
  if (missing !== Math.max(0, expected - ended) || extra !== Math.max(0, ended - expected))
    return `it miscounts ${JSON.stringify(notifications)}`;
  if (outcome === 'complete' && ended < expected) return 'it is complete before its notifications are';
  if (outcome === 'timed-out' && ended >= expected) return 'it times out though all have ended';
  if (index.hasChanged(since, made.madeAt)) return undefined;
  const recipients = recipientsOf(index.saidAt(made.madeAt));
  return JSON.stringify(counts) === JSON.stringify(recipients)
    ? undefined
    : `it counts ${JSON.stringify(counts)} recipients, not ${JSON.stringify(recipients)}`;
}

/** A notification's outcome only ever gets better, so that each of these only grows. */
function upTo({
  complete,
  timedOut,
  failed,
}: Pick<CampaignNotifications, 'complete' | 'timedOut' | 'failed'>) {
  return [complete, complete + timedOut, complete + timedOut + failed];
}

function numbersOf(said: ReadonlyMap<string, Told>) {
  const number = (wanted: string) => [...said.values()].filter(({ outcome }) => outcome === wanted).length;
  return { complete: number('complete'), timedOut: number('timed-out'), failed: number('failed') };
}

function recipientsOf(said: ReadonlyMap<string, Told>) {
  const sum = { total: 0, delivered: 0, failed: 0 };
  for (const { counts } of said.values()) {
    sum.total += counts?.total ?? 0;
    sum.delivered += counts?.delivered ?? 0;
    sum.failed += counts?.failed ?? 0;
  }
  return sum;
}

/** What had ended before all executions were asked is counted, whether it was reported or not. */
function faultInSweep(tracked: TrackedCampaign): string | undefined {
  const made = madeEndOf(tracked);
  const { notifications } = made === undefined ? {} : JSON.parse(made.detail).data;
  const sweep = tracked.campaign.sweeps.find(({ doneAt }) => doneAt + MOST_LAG_MS <= (made?.beganAt ?? 0));
  if (notifications === undefined || sweep === undefined) return undefined;
  const closed = tracked.notifications.filter(({ executions }) =>
    executions.some(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt <= sweep.beganAt),
  ).length;
  const ended = upTo(notifications)[2] ?? 0;
  return ended < closed ? `it counts ${ended} ends, and ${closed} had ended before it asked` : undefined;
}
