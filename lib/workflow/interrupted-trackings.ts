/**
 * Executions that ended without their final event: stopped by hand, or failed because of AWS itself.
 * A rule on Step Functions' own events (best effort, by AWS's word) starts the reporter, which publishes the end that was
 * recorded, or else records and publishes that the tracking failed.
 */
import type { RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, type StateMachine, Succeed } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { endJsonata, recordFinalEvent } from './final-event-states.ts';
import { jsonata } from './jsonata.ts';
import { requestIdJsonata } from './request-id-jsonata.ts';
import { trackerStateMachine } from './state-machine.ts';
import { publishFinalEvent, TRACKING_FAILED_ERROR } from './workflow.ts';

/** Errors of executions whose event went out. */
const PUBLISHED = [TRACKING_FAILED_ERROR];

export interface InterruptedTrackingsProps {
  readonly stateMachine: StateMachine;
  readonly eventBus: IEventBus;
  /** Buses of earlier definitions. */
  readonly previousEventBuses: readonly IEventBus[];
  readonly eventSource: string;
  readonly deadLetterQueue: IQueue;
  readonly table: ITable;
  readonly retentionDays: number;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export class InterruptedTrackings extends Construct {
  /** Publishes in place of executions that were stopped or died. */
  readonly reporter: StateMachine;

  constructor(scope: Construct, id: string, props: InterruptedTrackingsProps) {
    super(scope, id);
    const { stateMachine, eventBus, eventSource, deadLetterQueue } = props;

    const publish = publishFinalEvent(this, 'Publish final event', undefined, { eventBus, eventSource });
    publish.next(new Succeed(this, 'Interruption reported'));
    this.reporter = trackerStateMachine(this, 'Reporter', {
      ...props,
      comment:
        'Publishes the final event of a tracking that was stopped or died: the one that it recorded, or else a failure',
      definition: DefinitionBody.fromChainable(
        describeInterruption(this, props.retentionDays).next(recordFinalEvent(this, props, publish, publish)),
      ),
      invokes: [],
      publishesTo: [eventBus, ...props.previousEventBuses],
      recordsIn: props.table,
    });

    new Rule(this, 'Rule', {
      description: 'Trackings that ended without a final event',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [stateMachine.stateMachineArn],
          // An error may be null, which 'anything-but' matches. CloudFormation refuses a null in the pattern.
          $or: [
            { status: ['ABORTED', 'TIMED_OUT'] },
            { status: ['FAILED'], error: [{ exists: false }, { 'anything-but': PUBLISHED }] },
          ],
        },
      },
      targets: [
        new SfnStateMachine(this.reporter, {
          // Whole: a field that is absent or null would leave a template of single fields without valid JSON.
          input: RuleTargetInput.fromEventPath('$.detail'),
          deadLetterQueue,
        }),
      ],
    });
  }
}

/**
 * The input is `detail` of the status change (AWS docs, EventBridge schemas of Step Functions): `input` is the execution's
 * own as JSON text, and not there where it is too long for an event.
 */
function describeInterruption(scope: Construct, retentionDays: number): Pass {
  return Pass.jsonata(scope, 'Describe interruption', {
    outputs: jsonata(`(
  $ended := $states.input;
  $input := $type($ended.input) = 'string' ? $parse($ended.input);
  $detail := {
    'metadata': { 'id': $ended.executionArn, 'version': '1' },
    'data': {
      'requestId': ${requestIdJsonata('$input', '$ended.name')},
      'error': {
        'code': 'TRACKING_INTERRUPTED',
        'message': 'The execution ended ' & $ended.status & ' without a final event. Its delivery logs so far are in the table.' } } };
  ${endJsonata('$detail', '$toMillis($states.context.State.EnteredTime)', retentionDays)}
)`),
  });
}
