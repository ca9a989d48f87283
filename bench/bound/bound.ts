/** The least mean lag for anyone who knows how long deliveries take and keeps to the limits: docs/detection-bound.md. */
import { ascend } from './ascent.ts';
import { gridOf } from './grid.ts';
import type { Lifetime } from './lifetime.ts';
import type { Starts } from './moments.ts';
import { boundFloor, relaxation } from './relaxation.ts';
import { timelineOf } from './timeline.ts';
import { type CallWindow, type RollingLimit, windowsOf } from './windows.ts';

/** Notifications of one kind, which start evenly. */
export interface Cohort {
  readonly lifetime: Lifetime;
  readonly notifications: number;
  readonly withinSeconds: number;
  /** Since the campaign's begin; 0 by default. */
  readonly fromSeconds?: number;
}

export interface CallsAllowed {
  readonly windows: keyof typeof LIMITS;
  /** And no more calls than this for each notification, in the mean. At least 1. */
  readonly callsEach?: number;
}

export interface Bound {
  /** Seconds, over all notifications. */
  readonly meanLag: number;
  /** Calls for each notification by the plans of which this is the mean lag: about, where calls have no price. */
  readonly callsEach: number;
  /** The price of a call in seconds of lag, by the seconds since the campaign's begin. */
  priceAt(time: number): number;
}

const MINUTE: RollingLimit = { seconds: 60, calls: 600, apart: 60 };
const HOUR: RollingLimit = { seconds: 3_600, calls: 18_000, apart: 600 };

/** Each set of limits gives a bound, and the highest is the best. */
export const LIMITS = {
  /** Kore.ai's, with minutes one after the other. */
  published: [[MINUTE, HOUR]],
  /** What can be used of them if a call may be counted up to 7 s from when it was planned, as the call budget has it. */
  budget: [
    [{ ...MINUTE, seconds: 67, apart: 67 }, HOUR],
    [MINUTE, HOUR],
  ],
  /** Kore.ai's, with windows that begin all the time: nearer to what is possible. */
  rolling: [
    [
      { ...MINUTE, apart: 5 },
      { ...HOUR, apart: 300 },
    ],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly RollingLimit[])[]>>;

export function campaignBound({ windows, callsEach, ...cohort }: Cohort & CallsAllowed): Bound {
  return boundOfCohorts([cohort], { windows, ...(callsEach !== undefined && { callsEach }) });
}

/** For a campaign whose notifications are not all of a kind. */
export function boundOfCohorts(cohorts: readonly Cohort[], { windows, callsEach }: CallsAllowed): Bound {
  const ends = cohorts.map(
    ({ fromSeconds = 0, withinSeconds, lifetime }) => fromSeconds + withinSeconds + lifetime.until,
  );
  const all = callsEach === undefined ? [] : [allTime(callsEach, notificationsOf(cohorts))];
  return LIMITS[windows]
    .map((limits) => boundWithin([...windowsOf(limits, Math.max(...ends)), ...all], cohorts))
    .reduce((best, bound) => (bound.meanLag > best.meanLag ? bound : best));
}

/** @returns the least mean lag, in seconds, of a delivery that is checked so many times in the mean. */
export function idleBound(lifetime: Lifetime, callsEach: number): number {
  return boundWithin([allTime(callsEach, 1)], [{ lifetime, notifications: 1, withinSeconds: 0 }]).meanLag;
}

function allTime(callsEach: number, notifications: number): CallWindow {
  if (callsEach < 1) throw new RangeError(`no end is known after ${callsEach} calls`);
  return { from: 0, to: Number.POSITIVE_INFINITY, calls: callsEach * notifications };
}

/** Of a grid: prices are found on the coarser ones, and the bound on the finest. */
const AGES = { coarsest: 2_000, fine: 16_000, finest: 64_000 };
/** A grid is fine enough if checks at any age would lower the bound by no more than this share. */
const TOLERANCE = 0.02;
/** Starts are taken to be at so many moments; with four times as many, bounds differ by less than 0.3 per cent. */
const MOMENTS = 61;
/** Where the climb begins, in seconds of lag. */
const FIRST_PRICE = 10;

/** Any prices give a bound, so those of a coarse grid do; the finer it is, the better they are. */
function boundWithin(windows: readonly CallWindow[], cohorts: readonly Cohort[]): Bound {
  const notifications = notificationsOf(cohorts);
  const finest = startsOf(cohorts, AGES.finest);
  let prices: Float64Array = new Float64Array(windows.length).fill(FIRST_PRICE);
  for (let ages = AGES.coarsest; ; ages *= 2) {
    const summit = ascend(relaxation(startsOf(cohorts, ages), windows), windows, prices);
    const floor = boundFloor(finest, windows, summit.prices);
    if (summit.bound - floor < TOLERANCE * floor || ages >= AGES.fine) {
      return {
        meanLag: Math.max(0, floor) / notifications,
        callsEach: summit.allCalls / notifications,
        priceAt: priceIn(windows, summit.prices),
      };
    }
    prices = summit.prices;
  }
}

function startsOf(cohorts: readonly Cohort[], ages: number): Starts[] {
  return cohorts.map(({ lifetime, notifications, fromSeconds = 0, withinSeconds }) => ({
    grid: gridOf(lifetime, ages),
    notifications,
    from: fromSeconds,
    within: withinSeconds,
    moments: withinSeconds === 0 ? 1 : MOMENTS,
  }));
}

function priceIn(windows: readonly CallWindow[], prices: Float64Array): (time: number) => number {
  const timeline = timelineOf(windows);
  const inStretch = timeline.pricesIn(prices);
  return (time) => inStretch[timeline.cuts.findLastIndex((cut) => cut <= time)] ?? 0;
}

function notificationsOf(cohorts: readonly Cohort[]): number {
  return cohorts.reduce((sum, { notifications }) => sum + notifications, 0);
}
