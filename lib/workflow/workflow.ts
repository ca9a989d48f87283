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
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { DETAIL_TYPES, type Outcome } from '../../contract/event-names.ts';
import { announceFailures } from './announce-failures.ts';
import { afterFailedCheck } from './failed-check.ts';
import { recordFinalEvent } from './final-event-states.ts';
import { invokeCheck } from './invoke-check.ts';
import { publishEvent } from './publish-event.ts';
import { saveSummary, summaryFields } from './save-summary.ts';

/** Error of the states `Tracking failed` and `Campaign tracking failed`: the final event went out before. Other errors mean that none did. */
export const TRACKING_FAILED_ERROR = 'TrackingFailed';

export interface WorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly firstCheckSeconds: number;
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  readonly table: ITable;
  /** Whether failures are announced while the delivery goes on. */
  readonly announcesFailures: boolean;
}

export function trackingWorkflow(scope: Construct, props: WorkflowProps): DefinitionBody {
  const { check, table, firstCheckSeconds, deadlineSeconds, retentionDays, announcesFailures } = props;

  const waitBeforeFirstCheck = new Wait(scope, 'Wait before first check', {
    time: WaitTime.duration(Duration.seconds(firstCheckSeconds)),
  });
  const checkDelivery = invokeCheck(
    scope,
    'Check delivery',
    check,
    announcesFailures ? { announces: true } : {},
  );
  const waitUntilNextCheck = new Wait(scope, 'Wait until next check', {
    time: WaitTime.timestampPath('$.nextCheckAt'),
  });
  const checkFailed = Pass.jsonata(scope, 'Check failed', {
    outputs: afterFailedCheck(deadlineSeconds, retentionDays),
  });

  const publish = (id: string, outcome: Outcome, next: IChainable) =>
    publishEvent(scope, id, { ...props, detailType: DETAIL_TYPES[outcome] }).next(next);
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
  const record = recordFinalEvent(scope, {
    table,
    fields: summaryFields(retentionDays),
    save: saveSummary(scope, table, deliveryFinal),
    unrecorded: publishFailed,
  });
  deliveryFinal.when(outcomeIs('unexpected'), record);
  if (announcesFailures) {
    deliveryFinal.when(outcomeIs('announcing'), announceFailures(scope, props, deliveryFinal));
  }

  checkDelivery.addCatch(checkFailed.next(deliveryFinal), {
    errors: [Errors.ALL],
    // The next check needs the state; the error is in the execution's history.
    resultPath: JsonPath.DISCARD,
  });

  return DefinitionBody.fromChainable(waitBeforeFirstCheck.next(checkDelivery).next(deliveryFinal));
}
