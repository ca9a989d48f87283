/** What a careless campaign is made of: notifications, some of which nobody starts or reports, and an execution that fares no better. */
import fc from 'fast-check';
import { anyFaultAt, anyNotification, type CarelessFault, type CarelessNotification } from '../plan.ts';

/** Where a check of a campaign touches the world, and Step Functions does. */
const PLACES = [
  'index',
  'campaign row',
  'final event row',
  'final events',
  'summary',
  'executions',
  'input',
  'event',
  'function',
] as const;
export type CampaignPlace = (typeof PLACES)[number];

/** What somebody does to the campaign's execution, as a check arrives at a place. */
export interface CampaignStop {
  readonly place: CampaignPlace;
  /** The number of the arrival, from 0. */
  readonly arrival: number;
  /** Seconds after it. */
  readonly after: number;
  /** Seconds after that; never, where it is absent. */
  readonly redrivenAfter: number | undefined;
}

export interface CarelessCampaign {
  readonly seed: number;
  /** Those that somebody starts. */
  readonly notifications: readonly CarelessNotification[];
  /** How many were announced. */
  readonly announced: number;
  readonly stops: readonly CampaignStop[];
  /** Seconds from an end that was not told to its report, at most. */
  readonly reportsAfter: number;
  readonly isReportLost: boolean;
  readonly faults: readonly CarelessFault<CampaignPlace>[];
}

export const NOTIFICATIONS = 50;
const ARRIVALS_OF_A_CAMPAIGN = 300;

/** From some arrival on all fail. */
const anyOutage: fc.Arbitrary<CarelessFault<CampaignPlace>[]> = anyFaultAt(
  ['function', 'index', 'campaign row', 'executions', 'summary'] as const,
  80,
).map((first) =>
  Array.from({ length: ARRIVALS_OF_A_CAMPAIGN }, (_, i) => ({ ...first, arrival: first.arrival + i })),
);

const anyStop: fc.Arbitrary<CampaignStop> = fc
  .oneof(
    // Of these there are few, near the end, and many of the others.
    fc.record({ place: fc.constantFrom('final event row', 'event'), arrival: fc.nat({ max: 2 }) }),
    fc.record({ place: fc.constantFrom('index', 'executions', 'function'), arrival: fc.nat({ max: 70 }) }),
  )
  .chain((when) =>
    fc.record({
      place: fc.constant(when.place as CampaignPlace),
      arrival: fc.constant(when.arrival),
      after: fc.double({ min: 0, max: 3, noNaN: true }),
      redrivenAfter: fc.option(fc.constantFrom(0.1, 1, 20), { nil: undefined, freq: 3 }),
    }),
  );

/** @param longest seconds that a delivery takes. */
const anyOfIts = (longest: number): fc.Arbitrary<CarelessNotification> =>
  fc
    .record({ one: anyNotification, isReportLost: fc.nat({ max: 3 }).map((n) => n === 0) })
    .map(({ one, isReportLost }) => ({
      ...one,
      startsAfter: one.startsAfter / 12,
      takes: Math.min(one.takes, longest),
      isReportLost,
    }));

/** Some campaigns have no delivery that times out, and end early. */
export const anyCampaign: fc.Arbitrary<CarelessCampaign> = fc.constantFrom(300, 7_200).chain((longest) =>
  fc.record({
    seed: fc.integer(),
    notifications: fc.array(anyOfIts(longest), { minLength: NOTIFICATIONS, maxLength: NOTIFICATIONS }),
    announced: fc.constantFrom(-5, -1, 0, 0, 0, 1, 10).map((more) => NOTIFICATIONS + more),
    stops: fc.array(anyStop, { maxLength: 2 }),
    reportsAfter: fc.constantFrom(0, 0.1, 1, 30),
    isReportLost: fc.nat({ max: 3 }).map((n) => n === 0),
    faults: fc
      .tuple(
        fc.array(anyFaultAt(PLACES, 100), { maxLength: 20 }),
        fc.array(anyFaultAt(['final event row', 'final events', 'executions', 'event'] as const, 3), {
          maxLength: 4,
        }),
        fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, anyOutage),
      )
      .map(([anywhere, nearTheEnd, outage]) => {
        const alone = [...anywhere, ...nearTheEnd];
        if (outage.length === 0) return alone;
        // At the end of all patience an event goes out though no row could be written, and may be contradicted.
        return [...alone.filter(({ place }) => place !== 'final event row'), ...outage];
      }),
  }),
);
