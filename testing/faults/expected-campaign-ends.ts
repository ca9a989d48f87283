/** How a campaign ends under each fault, decided before it was tried. The tests hold it, docs/reliability-details.md shows it. */
import type { Expected } from './expected-ends.ts';
import { expectedEventEnds } from './expected-event-ends.ts';
import type { CampaignPlace, Way } from './fault.ts';

/**
 * The end of a campaign of three notifications: two have ended, and one was stopped without a report, which its sweep finds. At
 * `campaign row read` the campaign's id is that of another, which is running.
 */
export interface CampaignEnd {
  /** The one event: `complete`, or the code of its error; `none` where it cannot go out. */
  readonly event: string;
  /** The same event comes again, with the same `metadata.id`. */
  readonly isRepeated?: boolean;
  /** Whether Step Functions ends the execution as FAILED, for which there is an alarm. */
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** What the row of the campaign says in the end; `running` is that of another campaign, as it was. */
  readonly row: 'complete' | 'timed-out' | 'failed' | 'none' | 'running';
  /** How many notifications have ended by that row. */
  readonly ended: number;
}

type ExpectedCampaign = Expected<CampaignEnd>;

const COMPLETE: CampaignEnd = { event: 'complete', status: 'SUCCEEDED', row: 'complete', ended: 3 };
/** What its sweep would have found is missing. */
const TIMED_OUT: CampaignEnd = { event: 'DEADLINE_PASSED', status: 'SUCCEEDED', row: 'timed-out', ended: 2 };

const mended = (permanently: CampaignEnd, shows: string): ExpectedCampaign => ({
  once: COMPLETE,
  'three times': COMPLETE,
  permanently,
  shows,
});
const failed = (event: string, ended = 0, row: CampaignEnd['row'] = 'failed'): CampaignEnd => ({
  event,
  status: 'FAILED',
  row,
  ended,
});
const obstacle = (ended = 0, row?: CampaignEnd['row']) =>
  mended(failed('TABLE_UNREACHABLE', ended, row), 'TABLE_UNREACHABLE');
/** The state machine writes the row, and keeps the progress in it. */
const crash = (permanently: CampaignEnd) => mended(permanently, 'Runtime.ExitError');
const UNNOTICED: ExpectedCampaign = { once: COMPLETE, 'three times': COMPLETE, permanently: COMPLETE };

/** The ways in which a service can fail, each with the same end, and what differs from it. */
const service = (
  expected: ExpectedCampaign,
  crashed: ExpectedCampaign,
  others: Readonly<Partial<Record<Way, ExpectedCampaign>>> = {},
) => ({
  error: expected,
  throttle: expected,
  'time-out': expected,
  'answer lost': expected,
  'crash before': crashed,
  'crash after': crashed,
  slow: UNNOTICED,
  partial: expected,
  ...others,
});
/** The last check, when all patience is over, sweeps no more: it ends the campaign with what it has. */
const sweep = (code: string) => service(mended(TIMED_OUT, code), crash(TIMED_OUT));
const UNEXPECTED = failed('UNEXPECTED_ERROR');

/** An id that was used before fails the campaign, once the row of the other can be read. */
const used = (permanently: string, shows: string): ExpectedCampaign => ({
  once: failed('CAMPAIGN_ID_USED', 0, 'running'),
  'three times': failed('CAMPAIGN_ID_USED', 0, 'running'),
  permanently: failed(permanently, 0, 'running'),
  shows,
});

export const EXPECTED_OF_CAMPAIGN: Readonly<
  Record<CampaignPlace, Readonly<Partial<Record<Way, ExpectedCampaign>>>>
> = {
  'campaign function': {
    error: mended(UNEXPECTED, 'Lambda.ServiceException'),
    throttle: mended(UNEXPECTED, 'Lambda.TooManyRequestsException'),
    'time-out': mended(UNEXPECTED, 'Sandbox.Timedout'),
    // A check has recorded the end, and that is what goes out.
    'answer lost': mended(COMPLETE, 'Lambda.SdkClientException'),
    'crash before': crash(UNEXPECTED),
    'crash after': crash(COMPLETE),
    slow: UNNOTICED,
  },
  'campaign row': service(obstacle(0, 'none'), crash(UNEXPECTED), {
    // Written all the same.
    'answer lost': obstacle(2),
    partial: obstacle(2),
  }),
  'campaign row read': service(
    used('TABLE_UNREACHABLE', 'TABLE_UNREACHABLE'),
    used('UNEXPECTED_ERROR', 'Runtime.ExitError'),
    { slow: used('CAMPAIGN_ID_USED', '') },
  ),
  'summaries read': service(obstacle(), crash(UNEXPECTED)),
  'executions listed': sweep('EXECUTIONS_UNREACHABLE'),
  'final events read': sweep('TABLE_UNREACHABLE'),
  'execution read': sweep('EXECUTIONS_UNREACHABLE'),
  summary: service(mended(TIMED_OUT, 'TABLE_UNREACHABLE'), crash(TIMED_OUT), {
    // Written all the same: the next check counts it.
    'answer lost': mended(COMPLETE, 'TABLE_UNREACHABLE'),
    'crash after': crash(COMPLETE),
    partial: mended(COMPLETE, 'TABLE_UNREACHABLE'),
  }),
  // Only when all patience is over, an event goes out that no row holds.
  'final event row': service(mended(COMPLETE, 'TABLE_UNREACHABLE'), crash(failed('UNEXPECTED_ERROR', 3)), {
    'crash after': crash(COMPLETE),
  }),
  'final event': expectedEventEnds(COMPLETE),
};
