/** The loop that both workflows are: check, then wait for the next check, or publish the one event and end with it. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  Errors,
  Fail,
  type IChainable,
  JsonPath,
  Pass,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { Outcome } from '../../contract/event/event-names.ts';
import { recordFinalEvent } from './ending/record-final-event.ts';
import { invokeCheck } from './invoke-check.ts';
import { publishEvent } from './publish-event.ts';

/** Error of an execution whose final event went out before it failed. Other errors mean that none did. */
export const TRACKING_FAILED_ERROR = 'TrackingFailed';

/** What a workflow is made from. */
export interface WorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  readonly table: ITable;
}

export interface CheckLoopProps extends Pick<WorkflowProps, 'check' | 'eventBus' | 'eventSource' | 'table'> {
  /** What its states are called. */
  readonly names: {
    /** The state that asks the function when to check first. Absent where the first check comes at once. */
    readonly plan?: string;
    readonly check: string;
    readonly isFinal: string;
    readonly publish: Readonly<Record<Outcome, string>>;
    readonly failed: string;
  };
  readonly detailTypes: Readonly<Record<Outcome, string>>;
  /** What the function is told beside its execution, input and state. */
  readonly tell?: Readonly<Record<string, unknown>>;
  /** JSONata of the state after a check that failed (failed-check.ts). */
  readonly afterFailure: string;
  /** JSONata of what `save` needs (record-final-event.ts). */
  readonly fields: string;
  /** Writes the end that was recorded in the function's place where its readers find it. */
  readonly save: (next: IChainable) => IChainable;
}

export interface CheckLoop {
  readonly start: LambdaInvoke;
  /** By the outcome that a check returned. */
  readonly isFinal: Choice;
}

export function checkLoop(scope: Construct, props: CheckLoopProps): CheckLoop {
  const { names, detailTypes, table, fields, save } = props;
  const check = invokeCheck(scope, names.check, props.check, props.tell);
  const waitUntilNextCheck = new Wait(scope, 'Wait until next check', {
    time: WaitTime.timestampPath('$.nextCheckAt'),
  });
  const checkFailed = Pass.jsonata(scope, 'Check failed', { outputs: props.afterFailure });

  const publish = (outcome: Outcome, outputPath?: string) =>
    publishEvent(scope, names.publish[outcome], {
      ...props,
      detailType: detailTypes[outcome],
      ...(outputPath !== undefined && { outputPath }),
    });
  // Publishing ends the execution: a Succeed state of its own would be one more transition to pay for.
  const OUTPUT = '$.output';
  const publishFailed = publish('failed').next(
    new Fail(scope, names.failed, {
      error: TRACKING_FAILED_ERROR,
      causePath: '$.detail.data.error.message',
    }),
  );

  // No default: a word that this definition does not know fails the execution, and the rule reports it.
  const isFinal = new Choice(scope, names.isFinal)
    .when(outcomeIs('waiting'), waitUntilNextCheck.next(check))
    .when(outcomeIs('complete'), publish('complete', OUTPUT))
    .when(outcomeIs('timed-out'), publish('timed-out', OUTPUT))
    .when(outcomeIs('failed'), publishFailed);
  const record = recordFinalEvent(scope, { table, fields, save: save(isFinal), unrecorded: publishFailed });
  isFinal.when(outcomeIs('unexpected'), record);

  checkFailed.next(isFinal);
  const goOnAfterFailure = (invocation: LambdaInvoke) =>
    invocation.addCatch(checkFailed, {
      errors: [Errors.ALL],
      // The next check needs the state; the error is in the execution's history.
      resultPath: JsonPath.DISCARD,
    });
  goOnAfterFailure(check).next(isFinal);
  if (names.plan === undefined) return { start: check, isFinal };
  // Its answer is always to wait, so nothing has to choose.
  const plan = invokeCheck(scope, names.plan, props.check, { plans: true });
  goOnAfterFailure(plan).next(waitUntilNextCheck);
  return { start: plan, isFinal };
}

export function outcomeIs(outcome: string): Condition {
  return Condition.stringEquals('$.outcome', outcome);
}
