/** What DynamoDB and Secrets Manager answer to a check, at once and always the same: tables are empty, and every call is free. */
import type { IncomingMessage } from 'node:http';
import { capacityOf, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { busyItem, typedItem } from './budget-item.ts';
import { STREAM_ID } from './kinds.ts';
import type { Answering } from './measured-server.ts';

const SECRET = JSON.stringify({ clientId: 'cs-bench', clientSecret: 'a secret of the benchmark only' });
const CAPACITY = capacityOf(KORE_LIMITS);

export function awsAnswers(budgetTableName: string): Answering {
  const answers: Readonly<Record<string, (asked: Asked) => object>> = {
    GetSecretValue: ({ SecretId }) => ({ ARN: SecretId, SecretString: SECRET, VersionId: 'bench' }),
    GetItem: () => ({ Item: budgetItem() }),
    UpdateItem: ({ TableName, ExpressionAttributeValues = {} }) => ({
      Attributes: TableName === budgetTableName ? budgetItem() : attributesSetBy(ExpressionAttributeValues),
    }),
    Query: () => ({ Items: [], Count: 0, ScannedCount: 0 }),
    PutItem: () => ({}),
  };
  return (request, body) => {
    const operation = operationOf(request);
    const answer = answers[operation];
    if (answer === undefined) throw new Error(`a check asks AWS for ${operation}`);
    return JSON.stringify(answer(JSON.parse(body)));
  };
}

interface Asked {
  readonly SecretId?: string;
  readonly TableName?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

function operationOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

function budgetItem(): object {
  return typedItem(STREAM_ID, busyItem(Date.now(), CAPACITY));
}

/** The row of a final event is the one that the check writes. */
function attributesSetBy(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(1), value]));
}
