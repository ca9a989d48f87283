/** The state machine: wait, check, and publish one final event. Its definition reads like the flow in the README. */
import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Errors,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { DETAIL_TYPES, type Outcome } from '../../contract/event-names.ts';
import { afterFailedCheck } from './failed-check.ts';
import { PATIENT_RETRY, recordFinalEvent } from './final-event-states.ts';

/** Error of the state `Tracking failed`: the final event went out before it. Other errors mean that none did. */
export const TRACKING_FAILED_ERROR = 'TrackingFailed';

export interface WorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly firstCheckSeconds: number;
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  readonly table: ITable;
}

/** Longer than the function's own 60 s, so that its time-out is seen first. */
const CHECK_TIMEOUT = Duration.seconds(90);

export function trackingWorkflow(scope: Construct, props: WorkflowProps): DefinitionBody {
  const { check, firstCheckSeconds, deadlineSeconds, retentionDays } = props;

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
  const checkFailed = Pass.jsonata(scope, 'Check failed', {
    outputs: afterFailedCheck(deadlineSeconds, retentionDays),
  });

  const publish = (id: string, outcome: Outcome, next: IChainable) =>
    publishFinalEvent(scope, id, outcome, props).next(next);
  const tracked = new Succeed(scope, 'Tracked', { outputPath: '$.output' });
  const trackingFailed = new Fail(scope, 'Tracking failed', {
    error: TRACKING_FAILED_ERROR,
    causePath: '$.detail.data.error.message',
  });

  const publishFailed = publish('Publish tracking failed', 'failed', trackingFailed);

  // No default: a word that this definition does not know fails the execution, and the rule reports it.
  const outcomeIs = (outcome: string) => Condition.stringEquals('$.outcome', outcome);
  const deliveryFinal = new Choice(scope, 'Delivery final?')
    .when(outcomeIs('waiting'), waitUntilNextCheck.next(checkDelivery))
    .when(outcomeIs('complete'), publish('Publish delivery complete', 'complete', tracked))
    .when(outcomeIs('timed-out'), publish('Publish delivery timed out', 'timed-out', tracked))
    .when(outcomeIs('failed'), publishFailed);
  deliveryFinal.when(outcomeIs('unexpected'), recordFinalEvent(scope, props, deliveryFinal, publishFailed));

  checkDelivery.addCatch(checkFailed.next(deliveryFinal), {
    errors: [Errors.ALL],
    // The next check needs the state; the error is in the execution's history.
    resultPath: JsonPath.DISCARD,
  });

  return DefinitionBody.fromChainable(waitBeforeFirstCheck.next(checkDelivery).next(deliveryFinal));
}

/**
 * The optimised integration fails where EventBridge refuses the entry; an SDK call would not.
 *
 * @param outcome the state's input tells it by its `detailType`, where there is none.
 */
export function publishFinalEvent(
  scope: Construct,
  id: string,
  outcome: Outcome | undefined,
  { eventBus, eventSource }: Pick<WorkflowProps, 'eventBus' | 'eventSource'>,
): EventBridgePutEvents {
  const publish = new EventBridgePutEvents(scope, id, {
    entries: [
      {
        source: eventSource,
        detailType: outcome === undefined ? JsonPath.stringAt('$.detailType') : DETAIL_TYPES[outcome],
        detail: TaskInput.fromJsonPathAt('$.detail'),
        eventBus,
      },
    ],
    resultPath: JsonPath.DISCARD,
  });
  // A bus may be throttled for long, and there is only one event.
  publish.addRetry(PATIENT_RETRY);
  return publish;
}
