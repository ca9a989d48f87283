/**
 * Checks of what the CDK makes, by the members that are used: an app may have another copy of aws-cdk-lib than this package, whose classes
 * `instanceof` would not know.
 */

import type { Duration } from 'aws-cdk-lib';
import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus, IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { IGrantable, IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type Check, isObject, kind, member, wrong } from './check.ts';
import { inWords } from './in-words.ts';

/** @param wanted what it is, with its article and an example. */
function made<T extends object>(wanted: string, ...members: readonly (keyof T & string)[]): Check<T> {
  return kind(wanted, has(members));
}

const has = (members: readonly string[]) => (value: unknown) =>
  isObject(value) && members.every((member) => member in value);

/** @param example as one writes it. */
export function duration(example: string): Check<Duration> {
  return made(`a Duration such as ${example}`, 'toSeconds', 'toDays', 'isUnresolved');
}

export const secret: Check<ISecret> = kind(
  `a secret such as Secret.fromSecretCompleteArn(this, 'KoreApp', 'arn:…')`,
  has(['secretArn', 'grantRead']),
  // What is no ARN may be the secret itself.
  (value) => (typeof value === 'string' && !value.startsWith('arn:') ? 'a string' : inWords(value)),
);
export const eventBus = made<IEventBus>(
  `a bus such as EventBus.fromEventBusName(this, 'Bus', 'name')`,
  'eventBusArn',
  'eventBusName',
);
export const table = made<ITable>(
  `a table such as the callBudgetTable of another tracker, or Table.fromTableArn(this, 'Budget', 'arn:…')`,
  'tableArn',
  'tableName',
);
export const key = made<IKey>(`a key such as Key.fromKeyArn(this, 'Key', 'arn:…')`, 'keyArn', 'grant');
export const topic = made<ITopic>(
  `a topic such as Topic.fromTopicArn(this, 'Alarms', 'arn:…')`,
  'topicArn',
  'grantPublish',
);
export const vpc = made<IVpc>(
  `a VPC such as Vpc.fromLookup(this, 'Vpc', { vpcId: 'vpc-…' })`,
  'vpcId',
  'selectSubnets',
);
export const subnets = made<SubnetSelection>(
  'an object such as { subnetType: SubnetType.PRIVATE_WITH_EGRESS }',
);
export const securityGroup = made<ISecurityGroup>(
  `a security group such as SecurityGroup.fromSecurityGroupId(this, 'Group', 'sg-…')`,
  'securityGroupId',
);
export const target = made<IRuleTarget>('a target such as new SqsQueue(queue)', 'bind');
export const grantable = made<IGrantable>('a role, or what has one, such as a function', 'grantPrincipal');
export const principal = made<IPrincipal>(
  `a principal such as new AccountPrincipal('111122223333')`,
  'assumeRoleAction',
  'policyFragment',
);
export const scope: Check<Construct> = kind('a construct such as your own stack', (value) =>
  Construct.isConstruct(value),
);
export const removalPolicy = member<RemovalPolicy>(RemovalPolicy, 'RemovalPolicy.DESTROY');
const oneRetention = member<RetentionDays>(RetentionDays, 'RetentionDays.ONE_MONTH');
/** CloudFormation may know it by a parameter. */
export const logRetention: Check<RetentionDays> = (name, value) => {
  if (!Token.isUnresolved(value)) oneRetention(name, value);
};

/** Other options than these are the CDK's own business, and there may be more of them in another version of it. */
export const metricOptions: Check<MetricOptions> = (name, value) => {
  if (!isObject(value)) throw wrong(name, 'an object such as { period: Duration.minutes(1) }', value);
  const { period } = value as { readonly period?: unknown };
  if (period !== undefined) duration('Duration.minutes(1)')(`${name}.period`, period);
};

/** @param rest of an example, after the partition. */
export function arn(service: string, rest: string): Check<string> {
  const form = new RegExp(`^arn:[^:]+:${service}:\\S+$`);
  return kind(
    `an ARN such as arn:aws:${service}:${rest}`,
    (value) => typeof value === 'string' && (Token.isUnresolved(value) || form.test(value)),
  );
}
