/** The `check-delivery` function: what it is told, and what a check of a notification may do. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { CHECK_DELIVERY_ASSET } from '../../lambdas/asset.ts';
import { toEnvironment } from '../../lambdas/check-delivery/environment.ts';
import type { TrackerSettings } from '../configuration/settings.ts';
import { TABLE_KEY_ACTIONS } from '../tables/table-key-actions.ts';
import { storeBots } from './stored-bots.ts';
import { type FunctionSurroundings, TrackerFunction } from './tracker-function.ts';

export interface CheckDeliveryFunctionProps extends FunctionSurroundings {
  readonly settings: TrackerSettings;
  readonly table: ITable;
  readonly budgetTable: ITable;
  readonly trackerName: string;
  readonly secret: ISecret;
  /** Secrets of single bots. */
  readonly botSecrets: readonly ISecret[];
}

export class CheckDeliveryFunction extends TrackerFunction {
  constructor(scope: Construct, id: string, props: CheckDeliveryFunctionProps) {
    const { settings, trackerName, secret, table, budgetTable, botSecrets } = props;
    const bots = storeBots(scope, settings.bots);
    const secrets = new Set([secret, ...botSecrets, ...(bots === undefined ? [] : [bots.secret])]);
    super(scope, id, {
      ...props,
      asset: CHECK_DELIVERY_ASSET,
      description: 'Looks once at the status of a Kore.ai notification and saves its delivery logs',
      environment: toEnvironment({
        ...settings,
        bots: bots?.stored,
        trackerName,
        secretArn: secret.secretArn,
        tableName: table.tableName,
        tableArn: table.tableArn,
        budgetTableName: budgetTable.tableName,
      }),
      allow: (role) => allowChecks(role, secrets, props),
    });
  }
}

function allowChecks(
  role: Role,
  secrets: ReadonlySet<ISecret>,
  { table, budgetTable }: CheckDeliveryFunctionProps,
): void {
  for (const secret of secrets) secret.grantRead(role);
  role.addToPolicy(
    new PolicyStatement({
      // No index and no scan: rows of one notification and its campaign are all that a check reads or writes.
      actions: ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [table.tableArn],
    }),
  );
  table.encryptionKey?.grant(role, ...TABLE_KEY_ACTIONS);
  role.addToPolicy(
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      resources: [budgetTable.tableArn],
    }),
  );
  budgetTable.encryptionKey?.grant(role, ...TABLE_KEY_ACTIONS);
}
