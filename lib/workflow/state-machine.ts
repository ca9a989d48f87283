/** A Standard state machine as this project runs them: logged, traced, with a role that names what it may do. */
import { ArnFormat, Aws, Fn, Names, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { TABLE_KEY_ACTIONS } from '../tables/table-key-actions.ts';

export interface TrackerStateMachineProps {
  readonly comment: string;
  readonly definition: DefinitionBody;
  readonly invokes: readonly IFunction[];
  /** Its own bus, and those that running executions of earlier definitions publish to. */
  readonly publishesTo: readonly IEventBus[];
  /** Where it writes ends, in the function's place. */
  readonly recordsIn: ITable;
  /** How its states write there. */
  readonly records: readonly ('dynamodb:PutItem' | 'dynamodb:UpdateItem')[];
  readonly logRetention: RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export function trackerStateMachine(
  parent: Construct,
  id: string,
  props: TrackerStateMachineProps,
): StateMachine {
  const scope = new Construct(parent, id);
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
  for (const { functionArn } of props.invokes) {
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] }));
  }
  role.addToPolicy(
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: props.publishesTo.map(({ eventBusArn }) => eventBusArn),
    }),
  );
  role.addToPolicy(
    new PolicyStatement({
      actions: [...props.records],
      resources: [props.recordsIn.tableArn],
    }),
  );
  props.recordsIn.encryptionKey?.grant(role, ...TABLE_KEY_ACTIONS);
  role.addToPolicy(new PolicyStatement({ actions: OBSERVABILITY_ACTIONS, resources: ['*'] }));
  acknowledge(
    role,
    'AwsSolutions-IAM5[Resource::*]',
    'Log delivery and X-Ray know no narrower resource (AWS docs: Logging using CloudWatch Logs; X-Ray and Step Functions)',
  );

  return new StateMachine(scope, 'StateMachine', {
    comment: props.comment,
    definitionBody: props.definition,
    stateMachineType: StateMachineType.STANDARD,
    // The CDK would add a wildcard for every version of the function.
    role: role.withoutPolicyUpdates(),
    // Data would put inputs, and whatever users put into them, into the log a second time.
    logs: {
      destination: new LogGroup(scope, 'Logs', {
        logGroupName: vendedLogGroupName(scope),
        retention: props.logRetention,
        removalPolicy: props.removalPolicy,
      }),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
    tracingEnabled: true,
  });
}

/** What rules and grants need of a state machine; the prefix is written so that it does not depend on it. */
export function stateMachineParts(scope: Construct, { stateMachineArn, stateMachineName }: StateMachine) {
  const executions = { service: 'states', resource: 'execution', resourceName: stateMachineName };
  const arn = Stack.of(scope).formatArn({ ...executions, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return { stateMachineArn, executionArnPrefix: `${arn}:` };
}

/**
 * Under this prefix a group needs no line of its own in the account's one resource policy for logs, which would fill up
 * (AWS docs, Logging using CloudWatch Logs). The stack's id keeps a retained group out of its successor's way.
 */
function vendedLogGroupName(scope: Construct): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 120, separator: '-' })}-${stackId}`;
}

const OBSERVABILITY_ACTIONS = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];
