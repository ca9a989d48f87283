/** States that report in the function's place: they write the execution's row, and go on with the row that won. */
import { Aws, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  CustomState,
  Errors,
  type IChainable,
  JitterType,
  JsonPath,
  Pass,
  type RetryProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue,
  DynamoReturnValues,
  DynamoUpdateItem,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { DETAIL_TYPES } from '../../contract/event-names.ts';
import { FINAL_EVENT_ID, SUMMARY_ID } from '../../contract/table-names.ts';
import { RANKING } from '../../lambdas/check-delivery/rows/delivery-log-table.ts';
import {
  LEAST_DAYS_KEPT,
  RECORD_EXPRESSION,
  RECORD_NAMES,
} from '../../lambdas/check-delivery/rows/final-event-table.ts';
import { jsonata } from './jsonata.ts';

export interface FinalEventStatesProps {
  readonly table: ITable;
  readonly retentionDays: number;
}

/** AWS's own trouble lasts an hour of retries, in the mean of the full jitter. */
export const PATIENT_RETRY: RetryProps = {
  errors: [Errors.ALL],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.minutes(2),
  maxAttempts: 65,
  jitterStrategy: JitterType.FULL,
};

/**
 * The fields by which an end can be recorded, in JSONata: `detail`, `detailType` and `row`.
 *
 * @param detail JSONata of the event's detail, of a tracking that failed.
 * @param now JSONata of the time in milliseconds.
 */
export function endJsonata(detail: string, now: string, retentionDays: number): string {
  const seconds = Math.max(retentionDays, LEAST_DAYS_KEPT) * 86_400;
  return `{
    'detailType': '${DETAIL_TYPES.failed}',
    'detail': ${detail},
    'row': {
      'requestId': ${detail}.metadata.id,
      'outcome': 'failed',
      'detail': $string(${detail}),
      'expiresAt': $string($floor(${now} / 1000) + ${seconds}) } }`;
}

/**
 * Writes `$.row` unless the execution has one, and the summary of the row that won. Hands on `{outcome, detailType, detail,
 * output}` of it.
 *
 * @param next where it goes on.
 * @param unrecorded where it goes on, with its input, if the table takes no row for an hour.
 */
export function recordFinalEvent(
  scope: Construct,
  { table, retentionDays }: FinalEventStatesProps,
  next: IChainable,
  unrecorded: IChainable,
): IChainable {
  const text = (path: string) => DynamoAttributeValue.fromString(JsonPath.stringAt(path));
  const record = new DynamoUpdateItem(scope, 'Record final event', {
    table,
    key: { requestId: text('$.row.requestId'), logId: DynamoAttributeValue.fromString(FINAL_EVENT_ID) },
    updateExpression: RECORD_EXPRESSION,
    expressionAttributeNames: RECORD_NAMES,
    expressionAttributeValues: {
      ':outcome': text('$.row.outcome'),
      ':detailType': text('$.detailType'),
      ':detail': text('$.row.detail'),
      ':expiresAt': DynamoAttributeValue.numberFromString(JsonPath.stringAt('$.row.expiresAt')),
    },
    returnValues: DynamoReturnValues.ALL_NEW,
    resultSelector: {
      outcome: JsonPath.stringAt('$.Attributes.outcome.S'),
      detailType: JsonPath.stringAt('$.Attributes.detailType.S'),
      detail: JsonPath.stringAt('$.Attributes.detail.S'),
    },
  });
  record.addRetry(PATIENT_RETRY);
  record.addCatch(unrecorded, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  const read = Pass.jsonata(scope, 'Read final event', { outputs: readFinalEvent(retentionDays) });
  return record.next(read).next(saveSummary(scope, table, next));
}

/** What the winning row says, and its summary as DynamoDB's PutItem takes it, with the outcomes that it may replace. */
function readFinalEvent(retentionDays: number): string {
  const replaced = RANKING.map((outcome, index) => {
    // As many for each, since the condition has a place for each.
    const atBestAsGood = RANKING.map((_, place) => `'${RANKING[Math.max(index, place)]}'`);
    return `'${outcome}': [${atBestAsGood.join(', ')}]`;
  });
  return jsonata(`(
    $row := $states.input;
    $detail := $parse($row.detail);
    $enteredAt := $toMillis($states.context.State.EnteredTime);
    $typed := function($value) { (
      $kind := $type($value);
      $kind = 'object' ? { 'M': $merge($each($value, function($field, $name) { { $name: $typed($field) } })) }
        : $kind = 'array' ? { 'L': [$map($value, $typed)] }
        : $kind = 'number' ? { 'N': $string($value) }
        : $kind = 'boolean' ? { 'BOOL': $value }
        : $kind = 'null' ? { 'NULL': true }
        : { 'S': $value }) };
    $summary := $merge([
      $sift($detail.data, function($field, $name) { $name != 'deliveryLog' }),
      {
        'logId': '${SUMMARY_ID}',
        'outcome': $row.outcome,
        'executionArn': $detail.metadata.id,
        'correlationId': $detail.metadata.correlationId,
        'savedAt': $fromMillis($enteredAt),
        'expiresAt': $floor($enteredAt / 1000) + ${retentionDays * 86_400} }]);
    {
      'outcome': $row.outcome,
      'detailType': $row.detailType,
      'detail': $detail,
      'output': { 'outcome': $row.outcome, 'status': $detail.data.status, 'counts': $detail.data.counts },
      'summary': {
        'item': $typed($summary).M,
        'replaces': $lookup({ ${replaced.join(', ')} }, $row.outcome),
        'now': $string($floor($enteredAt / 1000)) } }
  )`);
}

/** As the function does (delivery-log-table.ts): only by an outcome as good or better, or where it has expired. */
function saveSummary(scope: Construct, { tableName }: ITable, next: IChainable): CustomState {
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
  save.addRetry({ errors: ['DynamoDB.ConditionalCheckFailedException'], maxAttempts: 0 });
  save.addRetry({ errors: [Errors.ALL], interval: Duration.seconds(2), maxAttempts: 5 });
  // The event does not wait for it: a better one is there, or the table takes none.
  save.addCatch(next, { errors: [Errors.ALL], resultPath: JsonPath.DISCARD });
  save.next(next);
  return save;
}
