/** The state machine: wait, check, and publish one final event. Its definition reads like the flow in the README. */
import { Duration } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Errors,
  Fail,
  type IChainable,
  JitterType,
  JsonPath,
  Pass,
  type RetryProps,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { DETAIL_TYPES, type Outcome } from './contract.ts';
import { afterFailedCheck } from './failed-check.ts';

/** Error of the state `Tracking failed`: the final event went out before it. Other errors mean that none did. */
export const TRACKING_FAILED_ERROR = 'TrackingFailed';

/** Step Functions asked EventBridge to publish, and never heard whether it did. */
export const ANSWER_LOST_ERROR = 'EventBridge.SdkClientException';

export interface WorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly firstCheckSeconds: number;
  readonly deadlineSeconds: number;
}

/** There is only one event, and a bus may be throttled for long: an hour of retries, in the mean of the full jitter. */
const PUBLISH_RETRY: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(2),
  maxAttempts: 65,
  jitterStrategy: JitterType.FULL,
};

/** Longer than the function's own 60 s, so that its time-out is seen first. */
const CHECK_TIMEOUT = Duration.seconds(90);

export function trackingWorkflow(scope: Construct, props: WorkflowProps): DefinitionBody {
  const { check, firstCheckSeconds, deadlineSeconds } = props;

  const waitBeforeFirstCheck = new Wait(scope, 'Wait before first check', {
    time: WaitTime.duration(Duration.seconds(firstCheckSeconds)),
  });
  const checkDelivery = new LambdaInvoke(scope, 'Check delivery', {
    lambdaFunction: check,
    // Whole, so that a missing field is the check's clear error and not a path error, which nothing catches.
    payload: TaskInput.fromObject({
      execution: {
        id: JsonPath.stringAt('$$.Execution.Id'),
        name: JsonPath.stringAt('$$.Execution.Name'),
        startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
      },
      input: JsonPath.objectAt('$$.Execution.Input'),
      state: JsonPath.objectAt('$'),
    }),
    outputPath: '$.Payload',
    taskTimeout: Timeout.duration(CHECK_TIMEOUT),
    retryOnServiceExceptions: false,
  });
  const waitUntilNextCheck = new Wait(scope, 'Wait until next check', {
    time: WaitTime.timestampPath('$.nextCheckAt'),
  });
  const checkFailed = Pass.jsonata(scope, 'Check failed', { outputs: afterFailedCheck(deadlineSeconds) });

  const publish = (id: string, outcome: Outcome, next: IChainable) =>
    publishFinalEvent(scope, id, outcome, props).next(next);
  const tracked = new Succeed(scope, 'Tracked', { outputPath: '$.output' });
  const trackingFailed = new Fail(scope, 'Tracking failed', {
    error: TRACKING_FAILED_ERROR,
    causePath: '$.detail.data.error.message',
  });

  // No default: a word that this definition does not know fails the execution, and the rule reports it.
  const outcomeIs = (outcome: string) => Condition.stringEquals('$.outcome', outcome);
  const deliveryFinal = new Choice(scope, 'Delivery final?')
    .when(outcomeIs('waiting'), waitUntilNextCheck.next(checkDelivery))
    .when(outcomeIs('complete'), publish('Publish delivery complete', 'complete', tracked))
    .when(outcomeIs('timed-out'), publish('Publish delivery timed out', 'timed-out', tracked))
    .when(outcomeIs('failed'), publish('Publish tracking failed', 'failed', trackingFailed));

  checkDelivery.addCatch(checkFailed.next(deliveryFinal), {
    errors: [Errors.ALL],
    // The next check needs the state; the error is in the execution's history.
    resultPath: JsonPath.DISCARD,
  });

  return DefinitionBody.fromChainable(waitBeforeFirstCheck.next(checkDelivery).next(deliveryFinal));
}

/** The optimised integration fails where EventBridge refuses the entry; an SDK call would not. */
export function publishFinalEvent(
  scope: Construct,
  id: string,
  outcome: Outcome,
  { eventBus, eventSource }: Pick<WorkflowProps, 'eventBus' | 'eventSource'>,
): EventBridgePutEvents {
  const publish = new EventBridgePutEvents(scope, id, {
    entries: [
      {
        source: eventSource,
        detailType: DETAIL_TYPES[outcome],
        detail: TaskInput.fromJsonPathAt('$.detail'),
        eventBus,
      },
    ],
    resultPath: JsonPath.DISCARD,
  });
  publish.addRetry(PUBLISH_RETRY);
  return publish;
}
