/** How a tracking ends under each fault, decided before it was tried. The tests hold it, docs/reliability-details.md shows it. */
import { expectedEventEnds } from './expected-event-ends.ts';
import type { Times, TrackingPlace, Way } from './fault.ts';

/** The end of a tracking whose delivery Kore reports as `PARTIAL_SUCCESS`, with 40 logs, from its third call on. */
export interface End {
  /** The one final event: `complete`, or the code of a tracking that failed; `none` where it cannot go out. */
  readonly event: string;
  /** The same event comes again, with the same `metadata.id`. */
  readonly isRepeated?: boolean;
  /** Whether Step Functions ends the execution as FAILED, for which there is an alarm. */
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** Which of the delivery logs are in the table. */
  readonly rows: 'all' | 'some' | 'none';
  readonly summary: 'complete' | 'failed' | 'none';
}

export interface Expected<E = End> extends Readonly<Record<Times, E>> {
  /** The code that a log line or the execution's history shows while it lasts; nothing where nothing shows it. */
  readonly shows?: string;
  /** How it may end as well where it lasts, by what was under way at each crash. */
  readonly byChance?: E;
}

const COMPLETE: End = { event: 'complete', status: 'SUCCEEDED', rows: 'all', summary: 'complete' };
const WITHOUT_SUMMARY: End = { ...COMPLETE, summary: 'none' };

const mended = (permanently: End, shows: string): Expected => ({
  once: COMPLETE,
  'three times': COMPLETE,
  permanently,
  shows,
});
const failed = (event: string, rows: End['rows'] = 'none', summary: End['summary'] = 'failed'): End => ({
  event,
  status: 'FAILED',
  rows,
  summary,
});
/** Where the function itself fails, the state machine writes the execution's row and the summary. */
const unexpected = (rows: End['rows'] = 'none') => failed('UNEXPECTED_ERROR', rows);
const obstacle = (code: string, rows: End['rows'] = 'none') => mended(failed(code, rows), code);

const UNNOTICED: Expected = { once: COMPLETE, 'three times': COMPLETE, permanently: COMPLETE };
const CRASH = mended(unexpected(), 'Runtime.ExitError');
/** The ways in which a service can fail, each with the same end, and what differs from it. */
const service = (expected: Expected, others: Readonly<Partial<Record<Way, Expected>>> = {}) => ({
  error: expected,
  throttle: expected,
  'time-out': expected,
  'answer lost': expected,
  'crash before': CRASH,
  'crash after': CRASH,
  slow: UNNOTICED,
  partial: expected,
  ...others,
});
const BUDGET = service(mended(COMPLETE, 'BUDGET_UNREACHABLE'), { throttle: obstacle('OUT_OF_CALL_BUDGET') });
const RECORDED_BEFORE_THE_CRASH = mended(COMPLETE, 'Runtime.ExitError');

export const EXPECTED: Readonly<Record<TrackingPlace, Readonly<Partial<Record<Way, Expected>>>>> = {
  function: {
    error: mended(unexpected(), 'Lambda.ServiceException'),
    throttle: mended(unexpected(), 'Lambda.TooManyRequestsException'),
    'time-out': mended(unexpected(), 'Sandbox.Timedout'),
    // The check has recorded the end, and that is what goes out.
    'answer lost': mended(COMPLETE, 'Lambda.SdkClientException'),
    'crash before': CRASH,
    'crash after': mended(COMPLETE, 'Runtime.ExitError'),
    slow: UNNOTICED,
  },
  'settings of bots read': service(obstacle('SECRET_UNREACHABLE')),
  'secret read': service(obstacle('SECRET_UNREACHABLE')),
  'budget read': BUDGET,
  'budget write': BUDGET,
  'Kore call': service(obstacle('KORE_UNREACHABLE'), { throttle: obstacle('RATE_LIMITED') }),
  'rows read': service(obstacle('TABLE_UNREACHABLE')),
  'bot row': service(obstacle('TABLE_UNREACHABLE')),
  'rows written': service(obstacle('TABLE_UNREACHABLE'), {
    // The next check finds in the table what was written.
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    // Each check writes some more of the rows.
    'crash after': { ...mended(unexpected('some'), 'Runtime.ExitError'), byChance: COMPLETE },
    partial: obstacle('TABLE_UNREACHABLE', 'some'),
  }),
  // Only the last end lets an event out that no row holds.
  'final event row': service(mended(COMPLETE, 'TABLE_UNREACHABLE'), {
    'crash before': mended(unexpected('all'), 'Runtime.ExitError'),
    'crash after': RECORDED_BEFORE_THE_CRASH,
  }),
  summary: service(mended(WITHOUT_SUMMARY, 'TABLE_UNREACHABLE'), {
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    // The end is recorded, and the state machine writes the summary of it.
    'crash before': RECORDED_BEFORE_THE_CRASH,
    'crash after': RECORDED_BEFORE_THE_CRASH,
    partial: mended(COMPLETE, 'TABLE_UNREACHABLE'),
  }),
  'final event': expectedEventEnds(COMPLETE),
};
