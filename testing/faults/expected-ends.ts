/** How a tracking ends under each fault, decided before it was tried. The tests hold it, docs/reliability.md shows it. */
import type { Place, Times, Way } from './fault.ts';

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

export interface Expected extends Readonly<Record<Times, End>> {
  /** The code that a log line or the execution's history shows while it lasts; nothing where nobody notices. */
  readonly shows?: string;
  /** How it may end as well where it lasts, by what was under way at each crash. */
  readonly byChance?: End;
}

const COMPLETE: End = { event: 'complete', status: 'SUCCEEDED', rows: 'all', summary: 'complete' };
const WITHOUT_SUMMARY: End = { ...COMPLETE, summary: 'none' };
const REPEATED: End = { ...COMPLETE, isRepeated: true };

const mended = (forEver: End, shows: string): Expected => ({
  once: COMPLETE,
  'three times': COMPLETE,
  'for ever': forEver,
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

const UNNOTICED: Expected = { once: COMPLETE, 'three times': COMPLETE, 'for ever': COMPLETE };
const CRASH = mended(unexpected(), 'Runtime.ExitError');
const GOES_ON_WITHOUT_BUDGET = mended(COMPLETE, 'BUDGET_UNREACHABLE');
const BUDGET: Readonly<Record<Way, Expected>> = {
  error: GOES_ON_WITHOUT_BUDGET,
  throttle: obstacle('OUT_OF_CALL_BUDGET'),
  'time-out': GOES_ON_WITHOUT_BUDGET,
  'answer lost': GOES_ON_WITHOUT_BUDGET,
  'crash before': CRASH,
  'crash after': CRASH,
  slow: UNNOTICED,
  partial: GOES_ON_WITHOUT_BUDGET,
};
/** The event cannot go out, or nobody can know that it has: Step Functions tries for an hour. */
const unpublished = (error: string) =>
  mended({ event: 'none', status: 'FAILED', rows: 'all', summary: 'complete' }, error);

export const EXPECTED: Readonly<Record<Place, Readonly<Partial<Record<Way, Expected>>>>> = {
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
  'secret read': {
    error: obstacle('SECRET_UNREACHABLE'),
    throttle: obstacle('SECRET_UNREACHABLE'),
    'time-out': obstacle('SECRET_UNREACHABLE'),
    'answer lost': obstacle('SECRET_UNREACHABLE'),
    'crash before': CRASH,
    'crash after': CRASH,
    slow: UNNOTICED,
    partial: obstacle('SECRET_UNREACHABLE'),
  },
  'budget read': BUDGET,
  'budget write': BUDGET,
  'Kore call': {
    error: obstacle('KORE_UNREACHABLE'),
    throttle: obstacle('RATE_LIMITED'),
    'time-out': obstacle('KORE_UNREACHABLE'),
    'answer lost': obstacle('KORE_UNREACHABLE'),
    'crash before': CRASH,
    'crash after': CRASH,
    slow: UNNOTICED,
    partial: obstacle('KORE_UNREACHABLE'),
  },
  'rows read': {
    error: obstacle('TABLE_UNREACHABLE'),
    throttle: obstacle('TABLE_UNREACHABLE'),
    'time-out': obstacle('TABLE_UNREACHABLE'),
    'answer lost': obstacle('TABLE_UNREACHABLE'),
    'crash before': CRASH,
    'crash after': CRASH,
    slow: UNNOTICED,
    partial: obstacle('TABLE_UNREACHABLE'),
  },
  'bot row': {
    error: obstacle('TABLE_UNREACHABLE'),
    throttle: obstacle('TABLE_UNREACHABLE'),
    'time-out': obstacle('TABLE_UNREACHABLE'),
    'answer lost': obstacle('TABLE_UNREACHABLE'),
    'crash before': CRASH,
    'crash after': CRASH,
    slow: UNNOTICED,
    partial: obstacle('TABLE_UNREACHABLE'),
  },
  'rows written': {
    error: obstacle('TABLE_UNREACHABLE'),
    throttle: obstacle('TABLE_UNREACHABLE'),
    'time-out': obstacle('TABLE_UNREACHABLE'),
    // The next check finds in the table what was written.
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    'crash before': CRASH,
    // Each check writes some more of the rows.
    'crash after': { ...mended(unexpected('some'), 'Runtime.ExitError'), byChance: COMPLETE },
    slow: UNNOTICED,
    partial: obstacle('TABLE_UNREACHABLE', 'some'),
  },
  // Only the last end lets an event out that no row holds.
  'final event row': {
    error: mended(COMPLETE, 'TABLE_UNREACHABLE'),
    throttle: mended(COMPLETE, 'TABLE_UNREACHABLE'),
    'time-out': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    'crash before': mended(unexpected('all'), 'Runtime.ExitError'),
    'crash after': mended(COMPLETE, 'Runtime.ExitError'),
    slow: UNNOTICED,
    partial: mended(COMPLETE, 'TABLE_UNREACHABLE'),
  },
  summary: {
    error: mended(WITHOUT_SUMMARY, 'TABLE_UNREACHABLE'),
    throttle: mended(WITHOUT_SUMMARY, 'TABLE_UNREACHABLE'),
    'time-out': mended(WITHOUT_SUMMARY, 'TABLE_UNREACHABLE'),
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    // The end is recorded, and the state machine writes the summary of it.
    'crash before': mended(COMPLETE, 'Runtime.ExitError'),
    'crash after': mended(COMPLETE, 'Runtime.ExitError'),
    slow: UNNOTICED,
    partial: mended(COMPLETE, 'TABLE_UNREACHABLE'),
  },
  'final event': {
    error: unpublished('EventBridge.InternalException'),
    throttle: unpublished('EventBridge.ThrottlingException'),
    'time-out': unpublished('EventBridge.SdkClientException'),
    'answer lost': {
      once: REPEATED,
      'three times': REPEATED,
      'for ever': { ...REPEATED, status: 'FAILED' },
      shows: 'EventBridge.SdkClientException',
    },
    slow: UNNOTICED,
    partial: unpublished('EventBridge.FailedEntry'),
  },
};
