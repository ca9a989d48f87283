/** The state machine of a campaign: check until as many notifications ended as were announced. It calls nobody but its function. */
import { DefinitionBody } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { CAMPAIGN_DETAIL_TYPES } from '../../contract/event/event-names.ts';
import { checkLoop, type WorkflowProps } from './check-loop.ts';
import { campaignFields, saveCampaign } from './ending/save-campaign.ts';
import { afterFailedCampaignCheck } from './failed-check.ts';

/** @param props with the deadline of a campaign whose input names none. */
export function campaignWorkflow(scope: Construct, props: WorkflowProps): DefinitionBody {
  const { table, deadlineSeconds, retentionDays } = props;
  const { start } = checkLoop(scope, {
    ...props,
    names: {
      check: 'Check campaign',
      isFinal: 'Campaign final?',
      publish: {
        complete: 'Publish campaign complete',
        'timed-out': 'Publish campaign timed out',
        failed: 'Publish campaign tracking failed',
      },
      failed: 'Campaign tracking failed',
    },
    detailTypes: CAMPAIGN_DETAIL_TYPES,
    afterFailure: afterFailedCampaignCheck(deadlineSeconds, retentionDays),
    fields: campaignFields(retentionDays),
    save: (next) => saveCampaign(scope, table, next),
  });
  return DefinitionBody.fromChainable(start);
}
