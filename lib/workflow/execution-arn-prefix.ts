import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What the ARNs of a state machine's executions begin with. */
export function executionArnPrefix(scope: Construct, stateMachineName: string): string {
  const executions = { service: 'states', resource: 'execution', resourceName: stateMachineName };
  return `${Stack.of(scope).formatArn({ ...executions, arnFormat: ArnFormat.COLON_RESOURCE_NAME })}:`;
}
