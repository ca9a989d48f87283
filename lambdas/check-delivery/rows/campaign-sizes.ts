/** How many notifications belong to a campaign, as its own execution wrote it into the delivery log table. */
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CampaignRow } from '../../../contract/campaign/campaign-row.ts';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';

export interface CampaignSize {
  readonly notifications: number;
  /** When its tracking began, milliseconds since 1970. */
  readonly startedAt: number;
}

export interface CampaignSizes {
  /**
   * The size of a campaign; absent where nobody tracks it: not yet, or no longer.
   *
   * @throws the SDK's errors.
   */
  of(campaignId: string): Promise<CampaignSize | undefined>;
}

/** A function's container meets few campaigns at a time. */
const MOST_REMEMBERED = 100;

/** A size never changes, so each is read once. */
export function campaignSizesIn(client: DynamoDBDocumentClient, tableName: string): CampaignSizes {
  const remembered = new Map<string, CampaignSize>();
  return {
    async of(campaignId) {
      const known = remembered.get(campaignId);
      if (known !== undefined) return known;
      const size = sizeIn(await rowOf(campaignId));
      if (size === undefined) return undefined;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(campaignId, size);
      return size;
    },
  };

  async function rowOf(campaignId: string): Promise<Partial<CampaignRow> | undefined> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'requestId = :campaign AND logId = :summary',
        ExpressionAttributeValues: { ':campaign': campaignPartition(campaignId), ':summary': SUMMARY_ID },
        ProjectionExpression: 'notifications, startedAt, outcome',
      }),
    );
    return Items[0];
  }
}

/** A campaign that has ended tells nothing of what comes; one that never began has neither number nor time. */
function sizeIn({ notifications, startedAt, outcome }: Partial<CampaignRow> = {}): CampaignSize | undefined {
  if (outcome !== undefined || notifications === undefined || startedAt === undefined) return undefined;
  return { notifications: notifications.expected, startedAt: Date.parse(startedAt) };
}
