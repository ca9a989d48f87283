/** What a check with failures that nobody has heard of leads to, before the execution goes on as it would without them. */
import { Errors, type IChainable, JsonPath, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { NOT_REACHED_DETAIL_TYPE } from '../../contract/event-names.ts';
import { jsonata } from './jsonata.ts';
import { type PublishEventProps, publishEvent } from './publish-event.ts';

/** Publishes `$.detail` and hands on `$.then`. */
export function announceFailures(
  scope: Construct,
  { eventBus, eventSource }: PublishEventProps,
  next: IChainable,
): IChainable {
  const publish = publishEvent(scope, 'Publish recipients not reached', {
    ...{ eventBus, eventSource },
    detailType: NOT_REACHED_DETAIL_TYPE,
    outputPath: '$.then',
  });
  const putOff = Pass.jsonata(scope, 'Announce with the next check', { outputs: jsonata(UNANNOUNCED) });
  // A delivery ends whether its failures could be announced or not.
  publish.addCatch(putOff.next(next), { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  return publish.next(next);
}

/**
 * The state as it goes on, but for what was not announced after all. Without its digest the next check reads the table, however little
 * the answer has changed. An end has no progress, and no next check.
 */
const UNANNOUNCED = `(
  $then := $states.input.then;
  $then.outcome = 'waiting'
    ? $merge([$then, { 'progress': $merge([
        $sift($then.progress, function($field, $name) { $name != 'savedDigest' }),
        { 'announced': $states.input.announcedBefore }]) }])
    : $then
)`;
