/** What a check with failures that nobody has heard of leads to, before the execution goes on as it would without them. */
import { Duration } from 'aws-cdk-lib';
import {
  type Choice,
  Condition,
  Errors,
  type IChainable,
  JitterType,
  JsonPath,
  Pass,
  type RetryProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { NOT_REACHED_DETAIL_TYPE } from '../../contract/event/event-names.ts';
import { ANNOUNCED_LATER } from '../../contract/state-names.ts';
import { outcomeIs } from './check-loop.ts';
import { jsonata } from './jsonata/jsonata.ts';
import { type PublishEventProps, publishEvent } from './publish-event.ts';

type Bus = Pick<PublishEventProps, 'eventBus' | 'eventSource'>;

/** Publishes `$.detail` where a check returns one, and goes on with `$.then`. A delivery ends whether its failures could be announced or not. */
export function announceFailures(scope: Construct, bus: Bus, isFinal: Choice): void {
  const putOff = Pass.jsonata(scope, ANNOUNCED_LATER, { outputs: jsonata(UNANNOUNCED) });
  const endAllTheSame = new Pass(scope, 'End without announcing', { outputPath: '$.then' });
  const publish = (id: string, retry: RetryProps, otherwise: Pass): IChainable =>
    publishEvent(scope, id, {
      eventBus: bus.eventBus,
      eventSource: bus.eventSource,
      detailType: NOT_REACHED_DETAIL_TYPE,
      outputPath: '$.then',
      retry,
    })
      .addCatch(otherwise.next(isFinal), { errors: [Errors.ALL], resultPath: JsonPath.DISCARD })
      .next(isFinal);
  const isWaiting = Condition.stringEquals('$.then.outcome', 'waiting');
  isFinal
    .when(
      Condition.and(outcomeIs('announcing'), isWaiting),
      publish('Publish recipients not reached', WHILE_WAITING, putOff),
    )
    .when(
      outcomeIs('announcing'),
      publish('Publish last recipients not reached', BEFORE_THE_END, endAllTheSame),
    );
}

const RETRY = {
  errors: [Errors.ALL],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(30),
  jitterStrategy: JitterType.FULL,
};
/** A minute at most: the next check announces again, and must not wait for long. */
const WHILE_WAITING: RetryProps = { ...RETRY, maxAttempts: 5 };
/** Some five minutes: no check comes after that, and the final event must not wait for longer. */
const BEFORE_THE_END: RetryProps = { ...RETRY, maxAttempts: 23 };

/**
 * The state as it goes on, but for what was not announced after all. Without the digest the next check reads the rows, whatever Kore
 * answers.
 */
const UNANNOUNCED = `(
  $then := $states.input.then;
  $merge([$then, { 'progress': $merge([
    $sift($then.progress, function($field, $name) { $name != 'savedDigest' }),
    { 'announced': $states.input.announcedBefore }]) }])
)`;
