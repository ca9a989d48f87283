/** The row of a campaign, brought to its end in the function's place. */
import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CustomState, type IChainable } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { unlessRefused } from './save-summary.ts';

/**
 * JSONata of `{campaign}`: the row's partition, and what of the row is set (record-final-event.ts). Of what the event does not say, the
 * progress that a check has written stays.
 */
export function campaignFields(retentionDays: number): string {
  return `{ 'campaign': (
      $set := $merge([
        { 'completedAt': $exists($detail.metadata.timestamp) ? $detail.metadata.timestamp : $fromMillis($enteredAt) },
        $sift($detail.data, function($field, $name) { $not($name in ['campaignId', 'deliveryLog', 'durationSeconds']) }),
        {
          'outcome': $row.outcome,
          'executionArn': $detail.metadata.id,
          'savedAt': $fromMillis($enteredAt),
          'expiresAt': $floor($enteredAt / 1000) + ${retentionDays * 86_400} }]);
      {
        'partition': '${campaignPartition('')}' & $detail.data.campaignId,
        'expression': 'SET ' & $join($map($keys($set), function($name) { '#' & $name & ' = :' & $name }), ', '),
        'names': $merge($map($keys($set), function($name) { { '#' & $name: $name } })),
        'values': $merge($each($set, function($field, $name) { { ':' & $name: $typed($field) } })) }) }`;
}

/** As the function does: the row of this execution alone, and an end only once. */
export function saveCampaign(scope: Construct, { tableName }: ITable, next: IChainable): CustomState {
  const save = new CustomState(scope, 'Save campaign', {
    stateJson: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::dynamodb:updateItem`,
      Parameters: {
        TableName: tableName,
        Key: { requestId: { 'S.$': '$.campaign.partition' }, logId: { S: SUMMARY_ID } },
        'UpdateExpression.$': '$.campaign.expression',
        ConditionExpression:
          'attribute_not_exists(#outcome) AND (attribute_not_exists(#executionArn) OR #executionArn = :executionArn)',
        'ExpressionAttributeNames.$': '$.campaign.names',
        'ExpressionAttributeValues.$': '$.campaign.values',
      },
      ResultPath: null,
    },
  });
  return unlessRefused(save, next);
}
