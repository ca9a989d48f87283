/** How many calls all that is under way, and all that is probably still to come, would make within a time. */
import type { CallsByAge } from '../schedule/calls-by-age.ts';
import type { Starts } from './starts.ts';

export interface Demand {
  /** How long ago the first of all that is under way began, in seconds. */
  readonly oldestSeconds: number;
  /** @param seconds from now on. */
  callsWithin(seconds: number, calls: CallsByAge): number;
}

/** Starts of a longer time are taken as so many groups, each of one age. */
const LONGEST_GROUP_SECONDS = 100;
/** Starts that are still to come are taken as so many groups. */
const GROUPS_TO_COME = 6;

/** A campaign whose number of notifications is known. */
export interface CampaignUnderWay {
  readonly notifications: number;
  /** How long ago it began, in seconds. */
  readonly age: number;
}

/** @param campaign to which what comes belongs; absent where it is not known. */
export function demandOf(starts: readonly Starts[], campaign?: CampaignUnderWay): Demand {
  const groups = starts.flatMap(groupsOf);
  const coming = startsToCome(starts, campaign);
  return {
    oldestSeconds: Math.max(0, ...starts.map(({ from }) => from)),
    callsWithin(seconds, calls) {
      let sum = 0;
      for (const { age, count } of groups) sum += count * (calls(age + seconds) - calls(age));
      const length = Math.min(seconds, coming.seconds);
      for (let group = 0; group < GROUPS_TO_COME && length > 0; group += 1) {
        const start = (length * (group + 0.5)) / GROUPS_TO_COME;
        sum += ((coming.perSecond * length) / GROUPS_TO_COME) * calls(seconds - start);
      }
      return sum;
    },
  };
}

function groupsOf({ from, until, count }: Starts): { age: number; count: number }[] {
  const groups = Math.max(1, Math.round((from - until) / LONGEST_GROUP_SECONDS));
  return Array.from({ length: groups }, (_, i) => ({
    age: from - ((from - until) * (i + 0.5)) / groups,
    count: count / groups,
  }));
}

const RATE_SECONDS = 60;
const HOUR_SECONDS = 3_600;

/**
 * Where nobody says how many will come: so many times as many as came in the last hour. As many would be the guess that is right in
 * half of all cases; where more come, they find no call left, which is worse than a call unused.
 */
const TO_COME = 1.5;

function startsToCome(
  starts: readonly Starts[],
  { notifications, age }: CampaignUnderWay = { notifications: 0, age: 0 },
): { perSecond: number; seconds: number } {
  const perSecond = pace(age, starts);
  const started = Math.min(notifications, startsWithin(age, starts));
  const ofCampaign = Math.min(started, startsWithin(Math.min(age, HOUR_SECONDS), starts));
  const others = startsWithin(HOUR_SECONDS, starts) - ofCampaign;
  const count = notifications - started + TO_COME * others;
  return { perSecond, seconds: perSecond === 0 ? 0 : count / perSecond };
}

/**
 * As many a second as in the last minute, and no more than in the whole campaign so far: one that is sent in parts does not go on as fast as
 * in one of them.
 */
function pace(age: number, starts: readonly Starts[]): number {
  const rate = (seconds: number) => startsWithin(seconds, starts) / seconds;
  const oldest = Math.max(...starts.map(({ from }) => from));
  const sinceFirst = Math.min(HOUR_SECONDS, age, oldest);
  const latest = rate(RATE_SECONDS);
  return sinceFirst > RATE_SECONDS ? Math.min(latest, rate(sinceFirst)) : latest;
}

function startsWithin(seconds: number, starts: readonly Starts[]): number {
  let sum = 0;
  for (const { from, until, count } of starts) {
    const within = Math.min(from, seconds) - until;
    if (within > 0) sum += (count * within) / (from - until);
  }
  return sum;
}
