/** When to check a campaign again. Pure functions; milliseconds since 1970. */
import { checkTimeFor } from '../../check-delivery/schedule/moment.ts';
import type { CampaignMoment } from './moment.ts';

/** An execution's history holds 25,000 events; beside these checks there is room for some that fail. */
const MOST_CHECKS = 1_900;

/** After the usual wait, and never past what is still ahead: the sweep, the last end, the end of all patience. */
export function nextCheckAt(moment: CampaignMoment, waitSeconds: number): number {
  const { now, lastEndSeconds } = moment;
  const wait = Math.max(waitSeconds, lastEndSeconds / MOST_CHECKS);
  return Math.min(now + wait * 1000, checkTimeFor(nextEndAfter(moment, moment.sweepAt), now));
}

/** The index tells a second later what was written. */
const SOON_MS = 15_000;
const LEAST_MS = 2_000;

/** When to count what a sweep has found. */
export function checkAfterSweepAt(moment: CampaignMoment): number {
  const { now, patientUntil } = moment;
  const soon = Math.min(now + SOON_MS, nextEndAfter(moment));
  return Math.min(Math.max(soon, now + LEAST_MS), checkTimeFor(patientUntil, now));
}

function nextEndAfter({ now, lastEndAt, patientUntil }: CampaignMoment, sweepAt = now): number {
  return [sweepAt, lastEndAt].find((end) => now < end) ?? patientUntil;
}
