/** Step Functions' own integration with DynamoDB, as far as the definitions use it: values carry their types. */
import {
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TaskHandlers } from './state-machine.ts';

export function recordsIn(tables: DynamoDBDocumentClient): Pick<TaskHandlers, 'updateItem' | 'putItem'> {
  const client = tables as unknown as DynamoDBClient;
  return {
    updateItem: (parameters) =>
      named(async () => {
        const { Attributes } = await client.send(new UpdateItemCommand(parameters as UpdateItemCommandInput));
        return { Attributes };
      }),
    putItem: (parameters) =>
      named(async () => {
        await client.send(new PutItemCommand(parameters as PutItemCommandInput));
        return {};
      }),
  };
}

/** An error by the name that `Retry` and `Catch` match. */
async function named<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const { name, message } = error as Error;
    throw Object.assign(new Error(message), { name: `DynamoDB.${name}` });
  }
}
