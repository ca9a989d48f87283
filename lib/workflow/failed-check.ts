/**
 * What becomes of an execution whose check failed in a way that the function itself could not report: it crashed, or Lambda
 * would not run it. Only the deadline may end it, so it waits and checks again, whatever the error.
 *
 * One state, in JSONata: JSONPath cannot add a duration to a time, and a `Retry` counts its attempts anew at each visit.
 */

import { LONGEST_CAMPAIGN_DEADLINE_SECONDS } from '../../contract/campaign/campaign-limits.ts';
import { CAMPAIGN_DETAIL_TYPES, DETAIL_TYPES } from '../../contract/event/event-names.ts';
import type { ObstacleCode } from '../../lambdas/check-delivery/obstacle.ts';
import { graceAfter, lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { endJsonata } from './ending/record-final-event.ts';
import { campaignIdJsonata } from './jsonata/campaign-id-jsonata.ts';
import { jsonata } from './jsonata/jsonata.ts';
import { requestIdJsonata } from './jsonata/request-id-jsonata.ts';

/** Waits double from ten seconds to this, or to a share of the deadline, so that a history holds them all. */
const LONGEST_WAIT_SECONDS = 300;
const MOST_WAITS = 600;
/** Kore has answered, and its logs would be lost. */
const LOGS_ARE_NOT_SAFE: readonly ObstacleCode[] = ['TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'];

/**
 * JSONata of the state after a failed check of a notification. Its input is what the check had: the execution's own input, or what
 * an earlier check returned, which says by which deadline it was made. Every field may be missing or of the wrong kind.
 */
export function afterFailedCheck(deadlineSeconds: number, retentionDays: number): string {
  const overtime = lastEnd(deadlineSeconds) - deadlineSeconds;
  return afterFailure({
    firstState: `{ 'request': {
          'requestId': $input.requestId, 'streamId': $input.streamId, 'recipients': $input.recipients,
          'campaignId': $input.campaignId, 'correlationId': $input.correlationId } }`,
    deadlineField: 'deadlineAt',
    deadlineSeconds: `${deadlineSeconds}`,
    longestWaitSeconds: `${Math.max(LONGEST_WAIT_SECONDS, Math.ceil(deadlineSeconds / MOST_WAITS))}`,
    graceSeconds: `($state.obstacle in [${quoted(LOGS_ARE_NOT_SAFE)}] and $not($exists($state.end)) ? ${overtime} : ${graceAfter(deadlineSeconds)})`,
    detailType: `'${DETAIL_TYPES.failed}'`,
    metadata: `'campaignId': ${campaignIdJsonata('$input')}`,
    data: `'requestId': ${requestIdJsonata('$input', '$states.context.Execution.Name')}`,
    retentionDays,
  });
}

/**
 * The same for a check of a campaign, which ends for good at its `lastEndAt`.
 *
 * @param deadlineSeconds of a campaign whose input names none.
 */
export function afterFailedCampaignCheck(deadlineSeconds: number, retentionDays: number): string {
  const overtime = lastEnd(LONGEST_CAMPAIGN_DEADLINE_SECONDS) - LONGEST_CAMPAIGN_DEADLINE_SECONDS;
  const grace = graceAfter(LONGEST_CAMPAIGN_DEADLINE_SECONDS);
  return afterFailure({
    before: `
  $given := $input.deadlineSeconds;
  $isGiven := $type($given) = 'number' ? $given >= 1 and $given <= ${LONGEST_CAMPAIGN_DEADLINE_SECONDS} : false;
  $seconds := $isGiven ? $given : ${deadlineSeconds};`,
    firstState: '{}',
    deadlineField: 'lastEndAt',
    // As lastEnd and graceAfter have it.
    deadlineSeconds: `($seconds + $min([$seconds, ${overtime}]))`,
    longestWaitSeconds: `$max([${LONGEST_WAIT_SECONDS}, $ceil($seconds / ${MOST_WAITS})])`,
    graceSeconds: `$min([$seconds, ${grace}])`,
    detailType: `'${CAMPAIGN_DETAIL_TYPES.failed}'`,
    metadata: '',
    data: `'campaignId': ${campaignIdJsonata('$input', '$states.context.Execution.Name')}`,
    retentionDays,
  });
}

/** JSONata, where nothing else is said. */
interface Failure {
  /** Statements that the others need. */
  readonly before?: string;
  /** The state where no check has returned one. */
  readonly firstState: string;
  /** The field in which a check has said by when it ends, ISO 8601. As it is. */
  readonly deadlineField: string;
  /** From the start, where no check has said so. */
  readonly deadlineSeconds: string;
  readonly longestWaitSeconds: string;
  /** After the deadline, for which it still tries. */
  readonly graceSeconds: string;
  /** Of the event that ends it then, with the fields that it has beside those of every one. */
  readonly detailType: string;
  readonly metadata: string;
  readonly data: string;
  /** As it is. */
  readonly retentionDays: number;
}

function afterFailure(failure: Failure): string {
  const {
    before = '',
    firstState,
    deadlineField,
    deadlineSeconds,
    longestWaitSeconds,
    graceSeconds,
    retentionDays,
  } = failure;
  const metadata = failure.metadata === '' ? '' : `, ${failure.metadata}`;
  return jsonata(`(
  $input := $states.context.Execution.Input;${before}
  $state := $states.input = $input ? ${firstState} : $states.input;
  $failures := ($type($state.failures) = 'number' ? $state.failures : 0) + 1;

  $enteredAt := $toMillis($states.context.State.EnteredTime);
  $deadline := $type($state.${deadlineField}) = 'string'
    ? $toMillis($state.${deadlineField})
    : $toMillis($states.context.Execution.StartTime) + 1000 * ${deadlineSeconds};
  $end := $deadline + 1000 * ${graceSeconds};
  $wait := 1000 * $min([${longestWaitSeconds}, 5 * $power(2, $min([$failures, 16]))]) * (0.5 + $random());
  $next := $min([$enteredAt + $wait, $enteredAt < $deadline ? $deadline : $end]);

  $detail := {
    'metadata': { 'id': $states.context.Execution.Id, 'version': '1'${metadata} },
    'data': {
      ${failure.data},
      'error': {
        'code': 'UNEXPECTED_ERROR',
        'message': 'Checks failed until after the deadline (' & $failures & ' in all). See the log of the function, and the errors in the history of the execution.' } } };
  $enteredAt < $end
    ? $merge([$state, {
        'outcome': 'waiting',
        'failures': $failures,
        'nextCheckAt': $fromMillis(1000 * $ceil($next / 1000)) }])
    : $merge([{ 'outcome': 'unexpected' }, ${endJsonata('$detail', failure.detailType, '$enteredAt', retentionDays)}])
)`);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
