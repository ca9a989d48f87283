/** The state machine of a campaign: check, wait, and publish one event. It calls nobody but its function. */
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
import { CAMPAIGN_DETAIL_TYPES, type Outcome } from '../../contract/event-names.ts';
import { afterFailedCampaignCheck } from './failed-check.ts';
import { recordFinalEvent } from './final-event-states.ts';
import { invokeCheck } from './invoke-check.ts';
import { publishEvent } from './publish-event.ts';
import { campaignFields, saveCampaign } from './save-campaign.ts';
import { TRACKING_FAILED_ERROR } from './workflow.ts';

export interface CampaignWorkflowProps {
  readonly check: IFunction;
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** Of a campaign whose input names none. */
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
  readonly table: ITable;
}

export function campaignWorkflow(scope: Construct, props: CampaignWorkflowProps): DefinitionBody {
  const { check, table, deadlineSeconds, retentionDays } = props;

  const checkCampaign = invokeCheck(scope, 'Check campaign', check);
  const waitUntilNextCheck = new Wait(scope, 'Wait until next check', {
    time: WaitTime.timestampPath('$.nextCheckAt'),
  });
  const checkFailed = Pass.jsonata(scope, 'Check failed', {
    outputs: afterFailedCampaignCheck(deadlineSeconds, retentionDays),
  });

  const publish = (id: string, outcome: Outcome, next: IChainable) =>
    publishEvent(scope, id, { ...props, detailType: CAMPAIGN_DETAIL_TYPES[outcome] }).next(next);
  const tracked = new Succeed(scope, 'Campaign tracked', { outputPath: '$.output' });
  const trackingFailed = new Fail(scope, 'Campaign tracking failed', {
    error: TRACKING_FAILED_ERROR,
    causePath: '$.detail.data.error.message',
  });
  const publishFailed = publish('Publish campaign tracking failed', 'failed', trackingFailed);

  // No default: a word that this definition does not know fails the execution, and the rule reports it.
  const outcomeIs = (outcome: string) => Condition.stringEquals('$.outcome', outcome);
  const campaignFinal = new Choice(scope, 'Campaign final?')
    .when(outcomeIs('waiting'), waitUntilNextCheck.next(checkCampaign))
    .when(outcomeIs('complete'), publish('Publish campaign complete', 'complete', tracked))
    .when(outcomeIs('timed-out'), publish('Publish campaign timed out', 'timed-out', tracked))
    .when(outcomeIs('failed'), publishFailed);
  const record = recordFinalEvent(scope, {
    table,
    fields: campaignFields(retentionDays),
    save: saveCampaign(scope, table, campaignFinal),
    unrecorded: publishFailed,
  });
  campaignFinal.when(outcomeIs('unexpected'), record);

  checkCampaign.addCatch(checkFailed.next(campaignFinal), {
    errors: [Errors.ALL],
    // The next check needs the state; the error is in the execution's history.
    resultPath: JsonPath.DISCARD,
  });

  return DefinitionBody.fromChainable(checkCampaign.next(campaignFinal));
}
