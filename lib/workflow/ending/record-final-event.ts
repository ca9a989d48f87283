/** States that report in a function's place: they write the execution's row, and go on with the row that won. */
import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
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
import { LEAST_DAYS_KEPT, RECORD_EXPRESSION, RECORD_NAMES } from '../../../contract/record-expression.ts';
import { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import { jsonata } from '../jsonata/jsonata.ts';

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
 * @param detailType JSONata of its type.
 * @param now JSONata of the time in milliseconds.
 */
export function endJsonata(detail: string, detailType: string, now: string, retentionDays: number): string {
  const seconds = Math.max(retentionDays, LEAST_DAYS_KEPT) * 86_400;
  return `{
    'detailType': ${detailType},
    'detail': ${detail},
    'row': {
      'requestId': ${detail}.metadata.id,
      'outcome': 'failed',
      'detail': $string(${detail}),
      'expiresAt': $string($floor(${now} / 1000) + ${seconds}) } }`;
}

export interface RecordFinalEventProps {
  readonly table: ITable;
  /** JSONata of fields that `save` needs, from `$detail`, `$row`, `$enteredAt` (milliseconds) and `$typed` (DynamoDB's form of a value). */
  readonly fields: string;
  /** Writes what the row that won says where its readers find it, and goes on. Its input is `{outcome, detailType, detail, output}` and the fields. */
  readonly save: IChainable;
  /** Where it goes on, with its input, if the table takes no row for an hour. */
  readonly unrecorded: IChainable;
}

/** Writes `$.row` unless the execution has one. */
export function recordFinalEvent(scope: Construct, props: RecordFinalEventProps): IChainable {
  const { table, fields, save, unrecorded } = props;
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
  const read = Pass.jsonata(scope, 'Read final event', { outputs: readFinalEvent(fields) });
  return record.next(read).next(save);
}

/** What the row that won says. */
function readFinalEvent(fields: string): string {
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
    $merge([{
      'outcome': $row.outcome,
      'detailType': $row.detailType,
      'detail': $detail,
      'output': $merge([{ 'outcome': $row.outcome }, $sift($detail.data, function($field, $name) { $name in ['status', 'counts', 'notifications'] })]) },
      ${fields}])
  )`);
}
