/** The environment of a function, read and replaced. */
import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Until } from './until.ts';

const CHANGED_WITHIN_SECONDS = 60;

export async function environmentOf(
  lambda: LambdaClient,
  FunctionName: string,
): Promise<Record<string, string>> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

/** @returns once Lambda runs the function with it. */
export async function setEnvironment(
  lambda: LambdaClient,
  FunctionName: string,
  Variables: Record<string, string>,
  until: Until,
): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await until('the environment is changed', CHANGED_WITHIN_SECONDS, async () => {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return LastUpdateStatus !== 'InProgress';
  });
}
