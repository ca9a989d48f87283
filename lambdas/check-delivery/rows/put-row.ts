/** One row into the table, unless that of another log or a newer version is there. */

import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { errorName, isConditionFailure } from '../../aws-error.ts';
import { asText } from './as-text.ts';
import type { RowWrite } from './row-matching.ts';
import { type FreshRow, hashKey, underKey } from './to-rows.ts';

export interface WrittenTable {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** 0.1.0 wrote neither of the two. */
const CONDITION =
  'attribute_not_exists(logId) OR ((attribute_not_exists(askedAt) OR askedAt <= :askedAt) AND (attribute_not_exists(#identity) OR #identity IN (:identity, :alsoOf)))';

/**
 * Writes the row as it is; with its log as text where the table or the SDK refuses that, and without any of Kore's text where it
 * refuses that too.
 *
 * @returns the key under which it was written, or another row keeps it out.
 * @throws the SDK's error.
 */
export async function putRow(
  write: RowWrite,
  { client, tableName }: WrittenTable,
  abortSignal: AbortSignal,
): Promise<{ readonly isWritten: boolean; readonly logId: string }> {
  const { row, alsoOf = row.identity } = write;
  let refusal: unknown;
  for (const form of [asItIs, withLogAsText, withKeysAlone]) {
    const item = form(write);
    if (!isMarshallable(item)) continue;
    const command = new PutCommand({
      TableName: tableName,
      Item: item,
      ConditionExpression: CONDITION,
      ExpressionAttributeNames: { '#identity': 'identity' },
      ExpressionAttributeValues: {
        ':askedAt': row.askedAt,
        ':identity': row.identity,
        ':alsoOf': alsoOf,
      },
    });
    try {
      await client.send(command, { abortSignal });
      return { isWritten: true, logId: item.logId };
    } catch (error) {
      if (isConditionFailure(error)) return { isWritten: false, logId: item.logId };
      if (!isRefusal(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** What DynamoDB says of a row that it will never take. */
const REFUSALS = ['ValidationException', 'SerializationException'];

/** Whether no other try of this very row can be more successful. */
export function isRefusal(error: unknown): boolean {
  return REFUSALS.includes(errorName(error));
}

function asItIs({ row }: RowWrite): DeliveryLogRow {
  return row;
}

function withLogAsText({ row }: RowWrite): DeliveryLogRow {
  return { ...row, log: asText(row.log) };
}

/** Nothing of it is Kore's: its id may be what is refused, where no row has proved that it can be a key. */
function withKeysAlone({ row, isKnown }: RowWrite): FreshRow {
  const { log: _, recipient: __, ...ours } = row;
  return isKnown ? ours : underKey(ours, hashKey(row.identity));
}

/** The SDK itself refuses some entries, such as one with a field named "constructor". */
function isMarshallable(row: DeliveryLogRow): boolean {
  try {
    marshall(row);
    return true;
  } catch {
    return false;
  }
}
