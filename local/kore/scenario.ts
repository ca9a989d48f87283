/** How the simulated Kore.ai treats a notification, as functions of the time since it was sent. */

export const SCENARIOS = [
  'success',
  'partial',
  'failure',
  'slow',
  'outage',
  'rate-limited',
  'unauthorized',
  'unknown-id',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** What can be wrong with an answer. */
export type Fault = 'down' | 'rate-limited' | 'unauthorized' | 'unknown-id';

export interface Course {
  /** Seconds until the last recipient is dealt with. */
  readonly durationSeconds: number;
  /** Whether the delivery to recipient number `index` fails. */
  fails(index: number): boolean;
  /** What is wrong at this share of the duration, if anything. */
  fault(share: number): Fault | undefined;
}

const DURATION_SECONDS = 10;

const none = () => false;
/** One in eight, spread out. */
const some = (index: number) => index % 8 === 5;
const all = () => true;
const healthy = () => undefined;

export const COURSES: Readonly<Record<Scenario, Course>> = {
  success: { durationSeconds: DURATION_SECONDS, fails: none, fault: healthy },
  partial: { durationSeconds: DURATION_SECONDS, fails: some, fault: healthy },
  failure: { durationSeconds: DURATION_SECONDS, fails: all, fault: healthy },
  slow: { durationSeconds: 3 * DURATION_SECONDS, fails: some, fault: healthy },
  outage: {
    durationSeconds: DURATION_SECONDS,
    fails: some,
    fault: (share) => (share > 0.35 && share < 0.85 ? 'down' : undefined),
  },
  'rate-limited': {
    durationSeconds: DURATION_SECONDS,
    fails: some,
    fault: (share) => (share < 0.6 ? 'rate-limited' : undefined),
  },
  unauthorized: { durationSeconds: DURATION_SECONDS, fails: none, fault: () => 'unauthorized' },
  'unknown-id': { durationSeconds: DURATION_SECONDS, fails: none, fault: () => 'unknown-id' },
};

/** Seconds, of one notification of a campaign after the other. */
const MIXED_DURATIONS = [10, 7, 11.5, 8.5, 13];
/** In how many deliveries one fails; `undefined` where none does. */
const MIXED_FAILURES = [8, undefined, 4, 12];

/** How notification number `index` of a campaign goes where no scenario is asked for: unlike its neighbours, and the same every time. */
export function mixedCourse(index: number): Course {
  const durationSeconds = MIXED_DURATIONS[index % MIXED_DURATIONS.length] ?? DURATION_SECONDS;
  const oneIn = MIXED_FAILURES[index % MIXED_FAILURES.length];
  const fails = oneIn === undefined ? none : (recipient: number) => recipient % oneIn === oneIn / 2;
  return { durationSeconds, fails, fault: healthy };
}
