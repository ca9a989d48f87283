import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { parseFinalEvent } from '../../client/index.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const sqs = new SQSClient();

/** Hands every recipient that was not reached to the queue that the SMS are sent from. */
export async function handler(event: unknown) {
  const { data } = parseFinalEvent(event);
  const failures = {
    TableName: process.env.TABLE_NAME,
    KeyConditionExpression: 'requestId = :requestId',
    FilterExpression: '#status = :failure',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':requestId': data.requestId, ':failure': 'FAILURE' },
  };
  for await (const { Items = [] } of paginateQuery({ client }, failures)) {
    for (const { requestId, recipient } of Items) {
      if (recipient === undefined) continue;
      const MessageBody = JSON.stringify({ requestId, recipient });
      await sqs.send(new SendMessageCommand({ QueueUrl: process.env.SMS_QUEUE_URL, MessageBody }));
    }
  }
}
