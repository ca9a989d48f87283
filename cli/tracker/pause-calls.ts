/** Pauses all calls to Kore.ai for a quota key: an attribute of the item that counts its calls. */
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { BUDGET_KEPT_SECONDS, PAUSED_AT, QUOTA_KEY } from '../../contract/table-names.ts';

export interface CallBudgetTable {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export interface Pause {
  /** ISO 8601 in UTC; absent where it was not paused before. */
  readonly pausedBefore: string | undefined;
  /** Whether a tracking ever called Kore for this quota key, as far back as budgets are kept. */
  readonly known: boolean;
}

/**
 * Pauses calls until they are resumed, however long that takes; an earlier pause keeps its time.
 *
 * @param quotaKey the bot's stream id, or the client id with the Admin Console scope.
 */
export async function pauseCalls(table: CallBudgetTable, quotaKey: string, now: number): Promise<Pause> {
  const { Attributes } = await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { [QUOTA_KEY]: quotaKey },
      UpdateExpression: `SET ${PAUSED_AT} = if_not_exists(${PAUSED_AT}, :now) REMOVE expiresAt`,
      ExpressionAttributeValues: { ':now': new Date(now).toISOString() },
      ReturnValues: 'ALL_OLD',
    }),
  );
  return { pausedBefore: Attributes?.[PAUSED_AT], known: Attributes !== undefined };
}

/** @returns since when calls were paused; `undefined` where they were not, and nothing is changed. */
export async function resumeCalls(
  table: CallBudgetTable,
  quotaKey: string,
  now: number,
): Promise<string | undefined> {
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { [QUOTA_KEY]: quotaKey },
        UpdateExpression: `SET expiresAt = :expiresAt REMOVE ${PAUSED_AT}`,
        ConditionExpression: `attribute_exists(${PAUSED_AT})`,
        ExpressionAttributeValues: { ':expiresAt': Math.floor(now / 1000) + BUDGET_KEPT_SECONDS },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes?.[PAUSED_AT];
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}
