/** What a careless world is made of: notifications whose logs, checks and executions run into each other. */
import fc from 'fast-check';

/** Where a check touches the world, and Step Functions does. */
const PLACES = [
  'secret',
  'budget',
  'kore',
  'rows read',
  'row written',
  'final event row',
  'summary',
  'event',
  'function',
] as const;
export type CarelessPlace = (typeof PLACES)[number];

/** `late`: it is given up, and happens all the same some seconds after. */
const WAYS = ['error', 'answer lost', 'late', 'crash before', 'crash after'] as const;
export type CarelessWay = (typeof WAYS)[number];

export interface CarelessFault<Place extends string = CarelessPlace> {
  readonly place: Place;
  readonly way: CarelessWay;
  /** The number of the arrival at the place, from 0, that meets the fault. */
  readonly arrival: number;
}

/** What somebody does to the latest attempt, in seconds since the first began. */
export interface Intervention {
  readonly what: 'stop' | 'redrive' | 'retrack' | 'stop and retrack';
  readonly at: number;
}

export interface CarelessNotification {
  /** Of its course at Kore, of how long each request takes, and of how wrong each clock is. */
  readonly seed: number;
  /** Seconds after the world's beginning. */
  readonly startsAfter: number;
  readonly bot: number;
  readonly recipients: number;
  /** Seconds that the delivery takes; beyond the deadline it times out. */
  readonly takes: number;
  /** Whose number of logs the tracker hears of. */
  readonly announces: 'nothing' | 'recipients' | 'count' | 'too many';
  readonly interventions: readonly Intervention[];
  /** Seconds from an end that was not told to its report, at most. */
  readonly reportsAfter: number;
  /** No report ever comes. */
  readonly isReportLost?: boolean;
  /**
   * Failures are announced, but for these announcements of each attempt, counted from 0, which no try publishes. Absent where the
   * tracker announces none.
   */
  readonly unpublished?: readonly number[] | undefined;
  readonly faults: readonly CarelessFault[];
}

export const DEADLINE_SECONDS = 1_800;

export const anyFaultAt = <Place extends string>(places: readonly Place[], mostArrivals: number) =>
  fc.record({
    place: fc.constantFrom(...places),
    way: fc.constantFrom(...WAYS),
    arrival: fc.nat({ max: mostArrivals }),
  });

const anyIntervention: fc.Arbitrary<Intervention> = fc.record({
  what: fc.constantFrom('stop', 'redrive', 'retrack', 'stop and retrack'),
  at: fc.double({ min: 0, max: 200, noNaN: true }),
});

export const anyNotification: fc.Arbitrary<CarelessNotification> = fc.record({
  seed: fc.integer(),
  startsAfter: fc.nat({ max: 7_200 }),
  bot: fc.nat({ max: 3 }),
  recipients: fc.nat({ max: 8 }),
  takes: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 2, arbitrary: fc.integer({ min: 60, max: 900 }) },
    { weight: 1, arbitrary: fc.constant(2 * DEADLINE_SECONDS) },
  ),
  announces: fc.constantFrom('nothing', 'recipients', 'count', 'too many'),
  reportsAfter: fc.constantFrom(0, 0.1, 1, 30),
  unpublished: fc.option(fc.array(fc.nat({ max: 2 }), { maxLength: 1 }), { nil: undefined }),
  interventions: fc.array(anyIntervention, { maxLength: 3 }),
  faults: fc.array(anyFaultAt(PLACES, 9), { maxLength: 5 }),
});
