import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { onTestFinished } from 'vitest';
import { LOCAL_REGION } from '../../local/aws/template.ts';

/** A client that does not retry, so that every failure is seen at once. */
export function clientAt(endpoint: string): DynamoDBDocumentClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return DynamoDBDocumentClient.from(client);
}
