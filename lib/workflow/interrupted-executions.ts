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
import {
  Choice,
  Condition,
  DefinitionBody,
  Pass,
  type StateMachine,
  Succeed,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { TRACKING_FAILED_ERROR } from './check-loop.ts';
import { recordFinalEvent } from './ending/record-final-event.ts';
import { campaignFields, saveCampaign } from './ending/save-campaign.ts';
import { saveSummary, summaryFields } from './ending/save-summary.ts';
import { describeInterruption } from './interruption-jsonata.ts';
import { publishEvent } from './publish-event.ts';
import { trackerStateMachine } from './state-machine.ts';

/** Errors of executions whose event went out. */
const PUBLISHED = [TRACKING_FAILED_ERROR];

export interface InterruptedExecutionsProps {
  /** Of notifications. */
  readonly stateMachine: StateMachine;
  readonly campaignStateMachine: StateMachine;
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

export class InterruptedExecutions extends Construct {
  /** Publishes in place of executions that were stopped or died. */
  readonly reporter: StateMachine;

  constructor(scope: Construct, id: string, props: InterruptedExecutionsProps) {
    super(scope, id);
    const { stateMachine, campaignStateMachine, eventBus, deadLetterQueue } = props;

    this.reporter = trackerStateMachine(this, 'Reporter', {
      ...props,
      comment:
        'Publishes the final event of an execution that was stopped or died: the one that it recorded, or else a failure',
      definition: this.#definition(props),
      invokes: [],
      publishesTo: [eventBus, ...props.previousEventBuses],
      recordsIn: props.table,
      records: ['dynamodb:UpdateItem', 'dynamodb:PutItem'],
    });

    new Rule(this, 'Rule', {
      description: 'Trackings that ended without a final event',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [stateMachine.stateMachineArn, campaignStateMachine.stateMachineArn],
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

  #definition({ campaignStateMachine, table, retentionDays, ...bus }: InterruptedExecutionsProps) {
    const { stateMachineArn } = campaignStateMachine;
    const describe = Pass.jsonata(this, 'Describe interruption', {
      outputs: describeInterruption(stateMachineArn, retentionDays),
    });
    const publish = publishEvent(this, 'Publish final event', bus);
    publish.next(new Succeed(this, 'Interruption reported'));
    const record = recordFinalEvent(this, {
      table,
      fields: `$exists($detail.data.campaignId) ? ${campaignFields(retentionDays)} : ${summaryFields(retentionDays)}`,
      save: new Choice(this, 'A campaign?')
        .when(Condition.isPresent('$.campaign'), saveCampaign(this, table, publish))
        .otherwise(saveSummary(this, table, publish)),
      unrecorded: publish,
    });
    return DefinitionBody.fromChainable(describe.next(record));
  }
}
