/**
 * What becomes of a tracking whose check failed in a way that the function itself could not report: it crashed, or Lambda
 * would not run it. Only the deadline may end a tracking, so it waits and checks again, whatever the error.
 *
 * One state, in JSONata: JSONPath cannot add a duration to a time, and a `Retry` counts its attempts anew at each visit.
 */

import type { ObstacleCode } from '../../lambdas/check-delivery/obstacle.ts';
import { graceAfter, lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { endJsonata } from './final-event-states.ts';
import { jsonata } from './jsonata.ts';
import { requestIdJsonata } from './request-id-jsonata.ts';

/** Waits double from ten seconds to this, or to a share of the deadline, so that a history holds them all. */
const LONGEST_WAIT_SECONDS = 300;
const MOST_WAITS = 600;
/** Kore has answered, and its logs would be lost. */
const LOGS_ARE_NOT_SAFE: readonly ObstacleCode[] = ['TABLE_UNREACHABLE', 'LOGS_NOT_SAVED'];

/**
 * JSONata of the state after a failed check. Its input is what the check had: the execution's own input, or what an
 * earlier check returned, which says by which deadline it was made. Every field may be missing or of the wrong kind.
 */
export function afterFailedCheck(deadlineSeconds: number, retentionDays: number): string {
  const longestWait = Math.max(LONGEST_WAIT_SECONDS, Math.ceil(deadlineSeconds / MOST_WAITS));
  const grace = graceAfter(deadlineSeconds);
  const overtime = lastEnd(deadlineSeconds) - deadlineSeconds;
  return jsonata(`(
  $input := $states.context.Execution.Input;
  $state := $states.input = $input
    ? { 'request': {
          'requestId': $input.requestId, 'streamId': $input.streamId,
          'recipients': $input.recipients, 'correlationId': $input.correlationId } }
    : $states.input;
  $failures := ($type($state.failures) = 'number' ? $state.failures : 0) + 1;

  $enteredAt := $toMillis($states.context.State.EnteredTime);
  $deadline := $type($state.deadlineAt) = 'string'
    ? $toMillis($state.deadlineAt)
    : $toMillis($states.context.Execution.StartTime) + ${deadlineSeconds * 1000};
  $isUnsafe := $state.obstacle in [${quoted(LOGS_ARE_NOT_SAFE)}] and $not($exists($state.end));
  $end := $deadline + 1000 * ($isUnsafe ? ${overtime} : ${grace});
  $wait := 1000 * $min([${longestWait}, 5 * $power(2, $min([$failures, 16]))]) * (0.5 + $random());
  $next := $min([$enteredAt + $wait, $enteredAt < $deadline ? $deadline : $end]);

  $detail := {
    'metadata': { 'id': $states.context.Execution.Id, 'version': '1' },
    'data': {
      'requestId': ${requestIdJsonata('$input', '$states.context.Execution.Name')},
      'error': {
        'code': 'UNEXPECTED_ERROR',
        'message': 'Checks failed until after the deadline (' & $failures & ' in all). See the log of the function, and the errors in the history of the execution.' } } };
  $enteredAt < $end
    ? $merge([$state, {
        'outcome': 'waiting',
        'failures': $failures,
        'nextCheckAt': $fromMillis(1000 * $ceil($next / 1000)) }])
    : $merge([{ 'outcome': 'unexpected' }, ${endJsonata('$detail', '$enteredAt', retentionDays)}])
)`);
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
