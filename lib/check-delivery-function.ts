/** The `check-delivery` function: the bundle, its environment, and a role that can do just what a check does. */
import { existsSync } from 'node:fs';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CHECK_DELIVERY_ASSET } from '../lambdas/asset.ts';
import { toEnvironment } from '../lambdas/check-delivery/environment.ts';
import { acknowledge } from './acknowledge.ts';
import { ConfigurationError } from './configuration/configuration-error.ts';
import type { DeliveryTrackerProps } from './configuration/delivery-tracker-props.ts';
import type { TrackerSettings } from './configuration/settings.ts';
import { TABLE_KEY_ACTIONS } from './tables/table-key-actions.ts';

export interface CheckDeliveryFunctionProps {
  readonly settings: TrackerSettings;
  readonly table: ITable;
  readonly budgetTable: ITable;
  readonly trackerName: string;
  readonly secret: ISecret;
  /** Secrets of single bots. */
  readonly botSecrets: readonly ISecret[];
  readonly network: Pick<DeliveryTrackerProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export class CheckDeliveryFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: CheckDeliveryFunctionProps) {
    super(scope, id);
    if (!existsSync(CHECK_DELIVERY_ASSET)) {
      throw new ConfigurationError(
        'the function is not bundled yet. Run npm run bundle; the CDK CLI does it by itself.',
      );
    }
    const { settings, table, budgetTable, secret, botSecrets, logRetention, removalPolicy } = props;
    const { vpc, vpcSubnets, securityGroups } = props.network;

    this.logGroup = new LogGroup(this, 'Logs', { retention: logRetention, removalPolicy });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    for (const one of [secret, ...botSecrets]) one.grantRead(role);
    if (vpc !== undefined) allowNetworkInterfaces(role);
    role.addToPolicy(
      new PolicyStatement({
        // No index and no scan: rows of one notification are all that a check reads or writes.
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

    this.function = new LambdaFunction(this, 'Function', {
      description: 'Looks once at the status of a Kore.ai notification and saves its delivery logs',
      code: Code.fromAsset(CHECK_DELIVERY_ASSET),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MEGABYTES,
      timeout: Duration.seconds(60),
      loggingFormat: LoggingFormat.JSON,
      logGroup: this.logGroup,
      role,
      ...(vpc !== undefined && { vpc, ...(vpcSubnets && { vpcSubnets }) }),
      ...(securityGroups !== undefined && { securityGroups: [...securityGroups] }),
      environment: withinLimit({
        ...toEnvironment({
          ...settings,
          trackerName: props.trackerName,
          secretArn: secret.secretArn,
          tableName: table.tableName,
          tableArn: table.tableArn,
          budgetTableName: budgetTable.tableName,
        }),
        NODE_OPTIONS: `--max-old-space-size=${OLD_MEGABYTES} --max-semi-space-size=${YOUNG_MEGABYTES}`,
      }),
    });
  }
}

/** Rows that pass are garbage at once; V8 by itself lets them take 100 MB more (test/reliability/memory.test.ts). */
const YOUNG_MEGABYTES = 8;
/** Lambda's bootstrap sizes neither space where NODE_OPTIONS names one of them; of the memory it gives nine tenths to the old. */
const MEMORY_MEGABYTES = 512;
const OLD_MEGABYTES = Math.floor(0.9 * MEMORY_MEGABYTES);

/** AWS docs, Lambda quotas: all of a function's environment. */
const MOST_ENVIRONMENT_BYTES = 4_096;
/** Of an ARN that only the deployment knows; those of secrets that the CDK names are shorter. */
const TOKEN = /\$\{Token\[[^\]]*\]\}/g;
const LONG_ARN = 'x'.repeat(120);

/** @throws ConfigurationError, since the deployment would fail half-way. */
function withinLimit(environment: Record<string, string>): Record<string, string> {
  const bytes = Buffer.byteLength(Object.entries(environment).flat().join('').replaceAll(TOKEN, LONG_ARN));
  if (bytes <= MOST_ENVIRONMENT_BYTES) return environment;
  throw new ConfigurationError(
    `bots says more than fits into the function's environment: ${bytes} bytes with the rest, and ${MOST_ENVIRONMENT_BYTES} are the most. Leave out what is as for the tracker, or give some bots a tracker of their own.`,
  );
}

/** What Lambda needs in a VPC; EC2 knows no narrower resource for it (AWS docs, Lambda: VPC permissions). */
function allowNetworkInterfaces(role: Role): void {
  const actions = [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:DeleteNetworkInterface',
    'ec2:AssignPrivateIpAddresses',
    'ec2:UnassignPrivateIpAddresses',
  ];
  role.addToPolicy(new PolicyStatement({ actions, resources: ['*'] }));
  acknowledge(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'Network interfaces of a function have no names before it runs',
  );
}
