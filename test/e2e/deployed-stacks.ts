/** The deployed stacks, with the names that their resources have, and what the state machines did. */
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { paginateGetExecutionHistory, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { ACCOUNT, REGION } from '../../emulator/ministack.ts';
import { type DeployedStack, Names } from '../judges/iam/deployed-names.ts';
import type { EnteredStates } from '../judges/iam/inside-aws.ts';

export async function readDeployedStacks(stackNames: readonly string[]): Promise<Names> {
  return new Names(await Promise.all(stackNames.map(readStack)), { account: ACCOUNT, region: REGION });
}

async function readStack(StackName: string): Promise<DeployedStack> {
  const client = new CloudFormationClient();
  const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
  const physicalIds: Record<string, string> = {};
  for (const { LogicalResourceId = '', PhysicalResourceId = '', ResourceType } of StackResources) {
    physicalIds[LogicalResourceId] =
      ResourceType === 'AWS::SecretsManager::Secret'
        ? await secretArn(PhysicalResourceId)
        : PhysicalResourceId;
  }
  return { name: StackName, template: JSON.parse(TemplateBody), physicalIds };
}

/** CloudFormation's id of a secret is its ARN, and the emulator's its name. */
async function secretArn(SecretId: string): Promise<string> {
  const { ARN = '' } = await new SecretsManagerClient().send(new DescribeSecretCommand({ SecretId }));
  return ARN;
}

/** The states that executions of each state machine entered. */
export async function enteredStates(names: Names): Promise<EnteredStates> {
  const client = new SFNClient();
  const entered = new Map<string, Set<string>>();
  for (const stack of names.stacks) {
    for (const [id] of names.ofType(stack, 'AWS::StepFunctions::StateMachine')) {
      const stateMachineArn = names.arn(id, stack);
      const states = new Set<string>();
      entered.set(stateMachineArn, states);
      for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
        for (const { executionArn } of executions) {
          for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn })) {
            for (const { stateEnteredEventDetails } of events) {
              if (stateEnteredEventDetails?.name) states.add(stateEnteredEventDetails.name);
            }
          }
        }
      }
    }
  }
  return entered;
}
