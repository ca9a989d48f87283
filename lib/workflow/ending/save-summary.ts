/** The summary of a notification, written in the function's place. */
import { Aws, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CustomState, Errors, type IChainable, JsonPath } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { RANKING } from '../../../contract/event/event-names.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';

/** JSONata of `{summary}`: the item as DynamoDB's PutItem takes it, and the outcomes that it may replace (record-final-event.ts). */
export function summaryFields(retentionDays: number): string {
  const replaced = RANKING.map((outcome, index) => {
    // As many for each, since the condition has a place for each.
    const atBestAsGood = RANKING.map((_, place) => `'${RANKING[Math.max(index, place)]}'`);
    return `'${outcome}': [${atBestAsGood.join(', ')}]`;
  });
  return `{ 'summary': {
      'item': $typed($merge([
        $sift($detail.data, function($field, $name) { $name != 'deliveryLog' }),
        {
          'logId': '${SUMMARY_ID}',
          'outcome': $row.outcome,
          'executionArn': $detail.metadata.id,
          'campaignId': $detail.metadata.campaignId,
          'correlationId': $detail.metadata.correlationId,
          'savedAt': $fromMillis($enteredAt),
          'expiresAt': $floor($enteredAt / 1000) + ${retentionDays * 86_400} }])).M,
      'replaces': $lookup({ ${replaced.join(', ')} }, $row.outcome),
      'now': $string($floor($enteredAt / 1000)) } }`;
}

/** As the function does (delivery-log-table.ts): only by an outcome as good or better, or where it has expired. */
export function saveSummary(scope: Construct, { tableName }: ITable, next: IChainable): CustomState {
  const save = new CustomState(scope, 'Save summary', {
    stateJson: {
      Type: 'Task',
      Resource: `arn:${Aws.PARTITION}:states:::dynamodb:putItem`,
      Parameters: {
        TableName: tableName,
        'Item.$': '$.summary.item',
        ConditionExpression:
          'attribute_not_exists(requestId) OR outcome IN (:o0, :o1, :o2) OR expiresAt < :now',
        ExpressionAttributeValues: {
          ':o0': { 'S.$': '$.summary.replaces[0]' },
          ':o1': { 'S.$': '$.summary.replaces[1]' },
          ':o2': { 'S.$': '$.summary.replaces[2]' },
          ':now': { 'N.$': '$.summary.now' },
        },
      },
      ResultPath: null,
    },
  });
  return unlessRefused(save, next);
}

/** The event does not wait for the row: a better one is there, or the table takes none. */
export function unlessRefused(save: CustomState, next: IChainable): CustomState {
  save.addRetry({ errors: ['DynamoDB.ConditionalCheckFailedException'], maxAttempts: 0 });
  save.addRetry({ errors: [Errors.ALL], interval: Duration.seconds(2), maxAttempts: 5 });
  save.addCatch(next, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  save.next(next);
  return save;
}
