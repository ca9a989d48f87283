/**
 * The one truth of an execution: a row with its final event, written once. Everything that reports an end (a check, its repetition,
 * the state machine in its place) writes it first, and then goes by the row that won.
 */

import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { RECORD_ATTRIBUTES, RECORD_EXPRESSION, RECORD_NAMES } from '../../../contract/record-expression.ts';
import type { FINAL_EVENT_ID } from '../../../contract/table-names.ts';
import { tableUnreachable } from './delivery-log-table.ts';

export interface FinalEventRow {
  /** ARN of the execution. */
  readonly requestId: string;
  readonly logId: typeof FINAL_EVENT_ID;
  readonly outcome: Outcome;
  readonly detailType: string;
  /** The event's detail as JSON text, so that repeats are equal byte for byte. */
  readonly detail: string;
  /** Seconds since 1970, for DynamoDB's TTL. */
  readonly expiresAt: number;
}

export interface FinalEvents {
  /**
   * Writes the row, unless the execution has one; returns the one that is there then.
   *
   * @throws ObstacleError `TABLE_UNREACHABLE`.
   */
  record(row: FinalEventRow): Promise<FinalEventRow>;
}

export function finalEventsIn(client: DynamoDBDocumentClient, tableName: string): FinalEvents {
  return {
    async record({ requestId, logId, ...attributes }) {
      const command = new UpdateCommand({
        TableName: tableName,
        Key: { requestId, logId },
        UpdateExpression: RECORD_EXPRESSION,
        ExpressionAttributeNames: RECORD_NAMES,
        ExpressionAttributeValues: Object.fromEntries(
          RECORD_ATTRIBUTES.map((name) => [`:${name}`, attributes[name]]),
        ),
        ReturnValues: 'ALL_NEW',
      });
      try {
        return (await client.send(command)).Attributes as FinalEventRow;
      } catch (error) {
        throw tableUnreachable(error);
      }
    },
  };
}
