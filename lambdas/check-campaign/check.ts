/** One check of a campaign: count, decide, report. It never calls Kore. Everything that touches the world is handed in. */
import type { CampaignInput } from '../../contract/campaign/campaign-input.ts';
import { toTimestamp } from '../check-delivery/invocation/wait-until.ts';
import type { Obstacle } from '../check-delivery/obstacle.ts';
import { claimCampaign } from './claim-campaign.ts';
import { type Decision, decide, type Finding } from './decision.ts';
import { campaignEventOf, campaignEventOfRejected } from './ending/campaign-event.ts';
import { type Told, tellEnd } from './ending/tell-end.ts';
import type { CampaignSettings } from './environment.ts';
import { findTotals } from './find-totals.ts';
import {
  type Before,
  type CampaignCheckResult,
  type Execution,
  parseInvocation,
  type Rejected,
  type Waiting,
} from './invocation.ts';
import { measureEnd } from './measure.ts';
import { type CampaignMoment, campaignMoment, isPatient } from './schedule/moment.ts';
import { checkAfterSweepAt, nextCheckAt } from './schedule/next-check.ts';
import { sweep } from './sweep/sweep.ts';
import type { CampaignWorld } from './world.ts';

/**
 * @param event `{execution, input, state}` from the state machine.
 * @param readingTime ends the reading of index and executions before the function's own time limit does.
 */
export async function checkCampaign(
  event: unknown,
  settings: CampaignSettings,
  world: CampaignWorld,
  readingTime: AbortSignal,
): Promise<CampaignCheckResult> {
  const { execution, before, input } = parseInvocation(event, settings.retentionDays);
  const { campaignId } = input.valid ? input.campaign : input.rejected;
  const log = world.log.about({ campaignId, check: before.checks + 1 });
  const logged = { ...world, log };
  const check = { execution, before, settings };
  const result = input.valid
    ? await follow({ ...check, campaign: input.campaign }, logged, readingTime)
    : await reject(check, input.rejected, logged);
  if (before.checks === 0) world.meter.add('CampaignsStarted', 1);
  log.info('checked', resultToLog(result));
  return result;
}

interface Check {
  readonly execution: Execution;
  readonly before: Before;
  readonly settings: CampaignSettings;
  /** Absent where the input is rejected. */
  readonly campaign?: CampaignInput;
}

async function follow(
  check: Check & { readonly campaign: CampaignInput },
  world: CampaignWorld,
  readingTime: AbortSignal,
): Promise<CampaignCheckResult> {
  const { execution, before, settings, campaign } = check;
  const { campaignId, notifications: expected } = campaign;
  const followed = { execution, campaignId, expected, checks: before.checks + 1 };
  const unclaimed = before.checks === 0 ? await claimCampaign(followed, settings, world) : undefined;
  const finding = unclaimed ?? (await findTotals(followed, settings, world, readingTime));

  const moment = momentOf(check, world);
  const decision = decide(finding, campaign, moment);
  const swept = isSweepDue(finding, decision, moment, before)
    ? await sweep({ campaignId, startedAt: execution.startedAt }, settings, world, readingTime)
    : undefined;
  const isSwept = before.isSwept || swept?.isDone === true;
  if (swept !== undefined && swept.saved > 0) {
    const later = momentOf(check, world);
    return waitUntil(checkAfterSweepAt(later), check, later, { isSwept });
  }
  if (decision.outcome === 'waiting') {
    // Where the sweep took longer, the time has passed, and the next check comes at once.
    const time = nextCheckAt(moment, settings.waitSeconds);
    return waitUntil(time, check, moment, { isSwept, obstacle: decision.obstacle });
  }

  const { now } = moment;
  const ours = campaignEventOf({ ...check, finding, end: decision, now, tableArn: settings.tableArn });
  const row = finding.kind === 'used' ? undefined : followed;
  const told = await tellEnd(ours, execution, row, moment, settings, world);
  measureEnd(told.recorded, finding, now, world.meter);
  return resultOf(told, check, isSwept, world);
}

function isSweepDue(finding: Finding, { outcome }: Decision, moment: CampaignMoment, { isSwept }: Before) {
  if (isSwept || finding.kind !== 'totals' || outcome === 'complete') return false;
  return moment.now >= moment.sweepAt && isPatient(moment);
}

/** The one check of an input that cannot be tracked; its row says so where it names a campaign. */
async function reject(check: Check, rejected: Rejected, world: CampaignWorld): Promise<CampaignCheckResult> {
  const { execution, before, settings } = check;
  const { campaignId, notifications: expected = 0, message } = rejected;
  world.log.warn('rejected input', { reason: message });
  const moment = momentOf(check, world);
  const ours = campaignEventOfRejected(execution, rejected, moment.now);
  const row =
    campaignId === undefined ? undefined : { campaignId, execution, expected, checks: before.checks + 1 };
  const told = await tellEnd(ours, execution, row, moment, settings, world);
  measureEnd(told.recorded, undefined, moment.now, world.meter);
  return resultOf(told, check, false, world);
}

/** The end, or, where a row could not be written, the state until it is tried again. */
function resultOf(
  { end }: Told,
  check: Check,
  isSwept: boolean,
  world: Pick<CampaignWorld, 'now'>,
): CampaignCheckResult {
  if (end.obstacle === undefined) return end.value;
  const later = momentOf(check, world);
  const time = nextCheckAt(later, check.settings.waitSeconds);
  return waitUntil(time, check, later, { isSwept, obstacle: end.obstacle });
}

function waitUntil(
  time: number,
  { before, campaign }: Check,
  { lastEndAt }: CampaignMoment,
  { isSwept, obstacle }: { readonly isSwept: boolean; readonly obstacle?: Obstacle | undefined },
): Waiting {
  return {
    outcome: 'waiting',
    nextCheckAt: toTimestamp(time),
    ...(campaign !== undefined && { campaign }),
    checks: before.checks + 1,
    lastEndAt: toTimestamp(lastEndAt),
    ...(isSwept && { isSwept }),
    ...(obstacle !== undefined && { obstacle: obstacle.code }),
    ...(before.failures !== undefined && { failures: before.failures }),
  };
}

function momentOf(
  { execution, settings, campaign }: Check,
  { now }: Pick<CampaignWorld, 'now'>,
): CampaignMoment {
  return campaignMoment(execution, campaign?.deadlineSeconds ?? settings.deadlineSeconds, now());
}

function resultToLog(result: CampaignCheckResult) {
  if (result.outcome !== 'waiting') {
    const { notifications } = result.output;
    return { outcome: result.outcome, ...(notifications && { notifications: { ...notifications } }) };
  }
  const { outcome, nextCheckAt, isSwept, obstacle } = result;
  return { outcome, nextCheckAt, isSwept, obstacle };
}
