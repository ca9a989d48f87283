/** The table of call budgets: one item for each bot, with what is booked and learnt. Trackers of one bot share it. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { QUOTA_KEY } from '../../contract/table-names.ts';
import { acknowledge } from '../acknowledge.ts';

export class CallBudgetTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: QUOTA_KEY, type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      billingMode: BillingMode.PAY_PER_REQUEST,
      // Nothing in it outlives the hour that it counts, but for what the next deliveries teach again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(
      this,
      'AwsSolutions-DDB3',
      'An old call budget is of no use: it counts the calls of the last hour',
    );
  }
}
