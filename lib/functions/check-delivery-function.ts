/** The `check-delivery` function: what it is told, and what a check of a notification may do. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { CHECK_DELIVERY_ASSET } from '../../lambdas/asset.ts';
import { toEnvironment } from '../../lambdas/check-delivery/environment.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { TrackerSettings } from '../configuration/settings.ts';
import { TABLE_KEY_ACTIONS } from '../tables/table-key-actions.ts';
import { type FunctionSurroundings, NODE_OPTIONS, TrackerFunction } from './tracker-function.ts';

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
    const { settings, trackerName, secret, table, budgetTable } = props;
    super(scope, id, {
      ...props,
      asset: CHECK_DELIVERY_ASSET,
      description: 'Looks once at the status of a Kore.ai notification and saves its delivery logs',
      environment: withinLimit(
        toEnvironment({
          ...settings,
          trackerName,
          secretArn: secret.secretArn,
          tableName: table.tableName,
          tableArn: table.tableArn,
          budgetTableName: budgetTable.tableName,
        }),
      ),
      allow: (role) => allowChecks(role, props),
    });
  }
}

function allowChecks(role: Role, { table, budgetTable, secret, botSecrets }: CheckDeliveryFunctionProps) {
  for (const one of [secret, ...botSecrets]) one.grantRead(role);
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

/** AWS docs, Lambda quotas: all of a function's environment. */
const MOST_ENVIRONMENT_BYTES = 4_096;
/** Of an ARN that only the deployment knows; those of secrets that the CDK names are shorter. */
const TOKEN = /\$\{Token\[[^\]]*\]\}/g;
const LONG_ARN = 'x'.repeat(120);

/** @throws ConfigurationError, since the deployment would fail half-way. */
function withinLimit(environment: Record<string, string>): Record<string, string> {
  const all = Object.entries({ ...environment, NODE_OPTIONS })
    .flat()
    .join('');
  const bytes = Buffer.byteLength(all.replaceAll(TOKEN, LONG_ARN));
  if (bytes <= MOST_ENVIRONMENT_BYTES) return environment;
  throw new ConfigurationError(
    `bots says more than fits into the function's environment: ${bytes} bytes with the rest, and ${MOST_ENVIRONMENT_BYTES} are the most. Leave out what is as for the tracker, or give some bots a tracker of their own.`,
  );
}
