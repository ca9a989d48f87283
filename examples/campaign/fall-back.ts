import { createHash } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import {
  NOT_REACHED_DETAIL_TYPE,
  parseFinalEvent,
  parseRecipientsNotReached,
} from 'notification-delivery-tracker/client';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const sqs = new SQSClient();
const { TABLE_NAME, FELL_BACK_TABLE_NAME, SMS_QUEUE_URL } = process.env;

interface Row {
  readonly requestId: string;
  readonly logId: string;
  readonly recipient?: string;
}

/** Hands every recipient that was not reached to the queue that the SMS are sent from, as soon as the failure is seen. */
export async function handler({ Records }: SQSEvent) {
  for (const { body } of Records) {
    for await (const row of rowsToFallBackFor(JSON.parse(body))) await fallBack(row);
  }
}

/** Those that an announcement names; after a final event all, since the last announcement may be missing. */
function rowsToFallBackFor(event: { 'detail-type': string }): AsyncGenerator<Row> {
  if (event['detail-type'] !== NOT_REACHED_DETAIL_TYPE)
    return allFailures(parseFinalEvent(event).data.requestId);
  const { requestId, logIds, more } = parseRecipientsNotReached(event).data;
  return more ? allFailures(requestId) : rowsOf(requestId, logIds);
}

/** Once for each row: events come at least once, and some stand for rows that others have named. SQS drops a repeat within five minutes. */
async function fallBack({ requestId, logId, recipient }: Row): Promise<void> {
  const Key = { requestId, logId };
  const { Item } = await client.send(new GetCommand({ TableName: FELL_BACK_TABLE_NAME, Key }));
  if (Item !== undefined || recipient === undefined) return;
  const message = new SendMessageCommand({
    QueueUrl: SMS_QUEUE_URL,
    MessageGroupId: requestId,
    MessageDeduplicationId: createHash('sha256').update(`${requestId} ${logId}`).digest('hex'),
    MessageBody: JSON.stringify({ requestId, recipient }),
  });
  await sqs.send(message);
  // Afterwards: a second SMS is better than none.
  await client.send(new PutCommand({ TableName: FELL_BACK_TABLE_NAME, Item: Key }));
}

async function* rowsOf(requestId: string, logIds: readonly string[]): AsyncGenerator<Row> {
  for (const logId of logIds) {
    const { Item } = await client.send(new GetCommand({ TableName: TABLE_NAME, Key: { requestId, logId } }));
    // It may have turned to success meanwhile.
    if (Item?.status === 'FAILURE') yield Item as Row;
  }
}

async function* allFailures(requestId: string): AsyncGenerator<Row> {
  const failures = {
    TableName: TABLE_NAME,
    KeyConditionExpression: 'requestId = :requestId',
    FilterExpression: '#status = :failure',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':requestId': requestId, ':failure': 'FAILURE' },
  };
  for await (const { Items = [] } of paginateQuery({ client }, failures)) yield* Items as Row[];
}
