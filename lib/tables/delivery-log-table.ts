/**
 * The table of delivery logs, with the indexes that answer "what did this person get?", "what failed today?" and "how far is the
 * campaign?".
 */

import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../../contract/table-names.ts';

export interface DeliveryLogTableProps {
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey: IKey | undefined;
  /** Write units a second, of the table and of each index. */
  readonly warmWriteThroughput: number | undefined;
}

export class DeliveryLogTable extends Table {
  constructor(scope: Construct, id: string, props: DeliveryLogTableProps) {
    const { removalPolicy, encryptionKey, warmWriteThroughput } = props;
    const warmed =
      warmWriteThroughput === undefined
        ? {}
        : { warmThroughput: { writeUnitsPerSecond: warmWriteThroughput } };
    super(scope, id, {
      partitionKey: { name: 'requestId', type: AttributeType.STRING },
      sortKey: { name: 'logId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...(encryptionKey === undefined
        ? { encryption: TableEncryption.DEFAULT }
        : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
      removalPolicy,
      ...warmed,
    });
    const newestLast = { name: 'createdOn', type: AttributeType.STRING };
    this.addGlobalSecondaryIndex({
      indexName: RECIPIENT_INDEX,
      partitionKey: { name: 'recipient', type: AttributeType.STRING },
      sortKey: newestLast,
      ...warmed,
    });
    this.addGlobalSecondaryIndex({
      indexName: FAILURE_INDEX,
      partitionKey: { name: 'failureOf', type: AttributeType.STRING },
      sortKey: newestLast,
      ...warmed,
    });
    this.addGlobalSecondaryIndex({
      indexName: CAMPAIGN_INDEX,
      partitionKey: { name: 'campaignId', type: AttributeType.STRING },
      sortKey: { name: 'requestId', type: AttributeType.STRING },
      // Each check of a campaign reads all of it.
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: ['outcome', 'counts', 'completedAt', 'expiresAt'],
      ...warmed,
    });
  }
}
