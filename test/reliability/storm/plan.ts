/** What a storm is made of: trackings, each with a course at Kore and with faults on its way. */
import fc from 'fast-check';

/** Where the check itself touches the world, and Step Functions does. */
const PLACES = [
  'secret',
  'budget',
  'kore',
  'rows',
  'final event row',
  'summary',
  'event',
  'function',
] as const;
export type StormPlace = (typeof PLACES)[number];

const WAYS = ['error', 'throttle', 'answer lost', 'crash before', 'crash after', 'partial'] as const;
export type StormWay = (typeof WAYS)[number];

export interface StormFault {
  readonly place: StormPlace;
  readonly way: StormWay;
  /** The number of the arrival at the place, from 0, that meets the fault. */
  readonly arrival: number;
}

export interface StormTracking {
  /** Seconds after the storm's beginning. */
  readonly startsAfter: number;
  readonly bot: number;
  readonly recipients: number;
  /** Seconds that the delivery takes; beyond the deadline it times out. */
  readonly takes: number;
  readonly faults: readonly StormFault[];
}

export const STORM_DEADLINE_SECONDS = 4 * 3_600;

const anyFault: fc.Arbitrary<StormFault> = fc.record({
  place: fc.constantFrom(...PLACES),
  way: fc.constantFrom(...WAYS),
  arrival: fc.nat({ max: 7 }),
});

export const anyTracking: fc.Arbitrary<StormTracking> = fc.record({
  startsAfter: fc.nat({ max: 7_200 }),
  bot: fc.nat({ max: 3 }),
  recipients: fc.nat({ max: 12 }),
  takes: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 }) },
    { weight: 3, arbitrary: fc.integer({ min: 120, max: 7_200 }) },
    { weight: 1, arbitrary: fc.constant(2 * STORM_DEADLINE_SECONDS) },
  ),
  faults: fc.array(anyFault, { maxLength: 8 }),
});
