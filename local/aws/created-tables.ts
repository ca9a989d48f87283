/** The template's tables, created in a DynamoDB of this machine, whichever program that is. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { DeployedTable } from './deployment.ts';
import { LOCAL_REGION } from './template.ts';

export interface CreatedTables {
  readonly client: DynamoDBDocumentClient;
  /** All rows of a notification, the summary included, by sort key. */
  rowsOf(requestId: string): Promise<Record<string, unknown>[]>;
}

/** @param others tables beside the one of the delivery log. */
export async function createdTables(
  endpoint: string,
  deliveryLog: DeployedTable,
  others: readonly DeployedTable[],
): Promise<CreatedTables> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials }),
  );
  const tables = [deliveryLog, ...others];
  for (const table of tables) await client.send(new CreateTableCommand(tableInput(table)));
  // It answers before they can be used.
  for (const { name } of tables) await waitUntilTableExists({ client, ...WAITS }, { TableName: name });
  return {
    client,
    async rowsOf(requestId) {
      const rows: Record<string, unknown>[] = [];
      const query = {
        TableName: deliveryLog.name,
        KeyConditionExpression: 'requestId = :requestId',
        ExpressionAttributeValues: { ':requestId': requestId },
      };
      for await (const page of paginateQuery({ client }, query)) rows.push(...(page.Items ?? []));
      return rows;
    },
  };
}

/** In seconds: a table of this machine is there in no time. */
const WAITS = { minDelay: 0.005, maxDelay: 0.1, maxWaitTime: 10 };

/** The properties that CreateTable takes and dynalite knows. */
function tableInput({ name, properties }: DeployedTable): CreateTableCommandInput {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = properties;
  const described = { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode };
  return { TableName: name, ...described } as CreateTableCommandInput;
}
