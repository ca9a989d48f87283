/** DynamoDB on this machine: dynalite, with the tables that the template describes. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import type { DeployedTable } from './deployment.ts';
import { LOCAL_REGION } from './template.ts';

export interface TableServer {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  /** Hears of every request before it is answered, by the name of its operation. */
  onRequest(listener: (operation: string) => void): void;
  /** All rows of a notification, the summary included, by sort key. */
  rowsOf(requestId: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** @param others tables beside the one of the delivery log. */
export async function tableServer(
  deliveryLog: DeployedTable,
  ...others: readonly DeployedTable[]
): Promise<TableServer> {
  const server: Server = dynalite({ createTableMs: 0 });
  const underWay = new Set<Promise<void>>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const dealtWith = untilDealtWith(request, response).finally(() => underWay.delete(dealtWith));
    underWay.add(dealtWith);
  });
  const endpoint = await listenOnLoopback(server);
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  for (const table of [deliveryLog, ...others]) await client.send(new CreateTableCommand(tableInput(table)));
  return {
    endpoint,
    client,
    onRequest(listener) {
      server.prependListener('request', ({ headers }) => {
        listener(String(headers['x-amz-target']).replace(/^.*\./, ''));
      });
    },
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
    async close() {
      client.destroy();
      // dynalite goes on where the sender is gone, and throws where its database is closed by then.
      await Promise.all(underWay);
      await closeServer(server);
    },
  };
}

/** Until dynalite has answered, whether or not the client still listens, or the request turns out to be none. */
function untilDealtWith(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = (...args: unknown[]) => {
      resolve();
      return end(...args);
    };
    request.once('close', () => {
      if (!request.complete) resolve();
    });
  });
}

/** The properties that CreateTable takes and dynalite knows. */
function tableInput({ name, properties }: DeployedTable): CreateTableCommandInput {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = properties;
  return {
    TableName: name,
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes,
    BillingMode,
  } as CreateTableCommandInput;
}
