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

/** Error of the state `Tracking failed`: the final event went out before it. Other errors mean that none did. */
export const TRACKING_FAILED_ERROR = 'TrackingFailed';

/** Step Functions asked EventBridge to publish, and never heard whether it did. */
export const ANSWER_LOST_ERROR = 'EventBridge.SdkClientException';

export interface WorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly firstCheckSeconds: number;
}

/** AWS's own trouble: an hour of retries, in the mean of the full jitter. */
const SERVICE_RETRY: RetryProps = {
  errors: [
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(2),
  maxAttempts: 65,
  jitterStrategy: JitterType.FULL,
};
/** Anything else is a bug or a crash. */
const OTHER_RETRY: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(5),
  backoffRate: 2,
  maxAttempts: 3,
  jitterStrategy: JitterType.FULL,
};
/** A bus may be throttled for long, and there is only one event: as patient as SERVICE_RETRY. */
const PUBLISH_RETRY: RetryProps = { ...SERVICE_RETRY, errors: [Errors.ALL] };

/** Longer than the function's own 60 s, so that its time-out is seen first. */
const CHECK_TIMEOUT = Duration.seconds(90);

export function trackingWorkflow(scope: Construct, props: WorkflowProps): DefinitionBody {
  const { check, firstCheckSeconds } = props;

  const waitBeforeFirstCheck = new Wait(scope, 'Wait before first check', {
    time: WaitTime.duration(Duration.seconds(firstCheckSeconds)),
  });
  const checkDelivery = new LambdaInvoke(scope, 'Check delivery', {
    lambdaFunction: check,
    // The whole state, so that a missing field is the check's clear error and not a path error, which nothing catches.
    payload: TaskInput.fromObject({
      execution: {
        id: JsonPath.stringAt('$$.Execution.Id'),
        name: JsonPath.stringAt('$$.Execution.Name'),
        startedAt: JsonPath.stringAt('$$.Execution.StartTime'),
      },
      state: JsonPath.objectAt('$'),
    }),
    outputPath: '$.Payload',
    taskTimeout: Timeout.duration(CHECK_TIMEOUT),
    retryOnServiceExceptions: false,
  });
  const waitUntilNextCheck = new Wait(scope, 'Wait until next check', {
    time: WaitTime.timestampPath('$.nextCheckAt'),
  });
  const describeUnexpectedError = new Pass(scope, 'Describe unexpected error', {
    // A caught state is gone and `Cause` may hold anything, so this is all that is certain.
    parameters: {
      detail: trackingFailedDetail({
        id: JsonPath.stringAt('$$.Execution.Id'),
        requestId: JsonPath.stringAt('$$.Execution.Name'),
        code: 'UNEXPECTED_ERROR',
        message: JsonPath.format(
          'The check failed with {}. See the log of the function.',
          JsonPath.stringAt('$.Error'),
        ),
      }),
    },
  });

  const publish = (id: string, outcome: Outcome, next: IChainable) =>
    publishFinalEvent(scope, id, outcome, props).next(next);
  const tracked = new Succeed(scope, 'Tracked', { outputPath: '$.output' });
  const trackingFailed = new Fail(scope, 'Tracking failed', {
    error: TRACKING_FAILED_ERROR,
    causePath: '$.detail.data.error.message',
  });
  const publishFailed = publish('Publish tracking failed', 'failed', trackingFailed);

  checkDelivery.addRetry(SERVICE_RETRY);
  checkDelivery.addRetry(OTHER_RETRY);
  checkDelivery.addCatch(describeUnexpectedError.next(publishFailed), { errors: [Errors.ALL] });

  // No default: a word that this definition does not know fails the execution, and the rule reports it.
  const outcomeIs = (outcome: string) => Condition.stringEquals('$.outcome', outcome);
  const deliveryFinal = new Choice(scope, 'Delivery final?')
    .when(outcomeIs('waiting'), waitUntilNextCheck.next(checkDelivery))
    .when(outcomeIs('complete'), publish('Publish delivery complete', 'complete', tracked))
    .when(outcomeIs('timed-out'), publish('Publish delivery timed out', 'timed-out', tracked))
    .when(outcomeIs('failed'), publishFailed);

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

/** The least that a tracking-failed event says (`trackingFailedSchema`), in JSONPath. */
export function trackingFailedDetail(facts: {
  id: string;
  requestId: string;
  code: string;
  message: string;
}) {
  const { id, requestId, code, message } = facts;
  return { metadata: { id, version: '1' }, data: { requestId, error: { code, message } } };
}
