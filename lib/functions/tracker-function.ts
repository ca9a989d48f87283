/** A function of the tracker: its bundle, its log group, and a role that can do just what it does. */
import { existsSync } from 'node:fs';
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { DeliveryTrackerProps } from '../configuration/delivery-tracker-props.ts';

export interface FunctionSurroundings {
  readonly network: Pick<DeliveryTrackerProps, 'vpc' | 'vpcSubnets' | 'securityGroups'>;
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export interface TrackerFunctionProps extends FunctionSurroundings {
  /** Folder of the bundle. */
  readonly asset: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Lets the role do what the function does. */
  readonly allow: (role: Role) => void;
}

export class TrackerFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: TrackerFunctionProps) {
    super(scope, id);
    if (!existsSync(props.asset)) {
      throw new ConfigurationError(
        'the functions are not bundled yet. Run npm run bundle; the CDK CLI does it by itself.',
      );
    }
    const { vpc, vpcSubnets, securityGroups } = props.network;
    const { logRetention: retention, removalPolicy } = props;

    this.logGroup = new LogGroup(this, 'Logs', { retention, removalPolicy });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    if (vpc !== undefined) allowNetworkInterfaces(role);
    props.allow(role);

    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      code: Code.fromAsset(props.asset),
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
      environment: { ...props.environment, NODE_OPTIONS },
    });
  }
}

/** Rows that pass are garbage at once; V8 by itself lets them take 100 MB more (test/reliability/memory.test.ts). */
const YOUNG_MEGABYTES = 8;
/** Lambda's bootstrap sizes neither space where NODE_OPTIONS names one of them; of the memory it gives nine tenths to the old. */
const MEMORY_MEGABYTES = 512;
const OLD_MEGABYTES = Math.floor(0.9 * MEMORY_MEGABYTES);
const NODE_OPTIONS = `--max-old-space-size=${OLD_MEGABYTES} --max-semi-space-size=${YOUNG_MEGABYTES}`;

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
