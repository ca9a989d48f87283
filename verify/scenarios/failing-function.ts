import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Scenario, Seen } from '../scenario.ts';
import { BRIEF_DEADLINE_SECONDS } from '../stack/verify-stack.ts';
import { newNotification } from '../world/notification.ts';

const WITHIN_SECONDS = 60;

export const FAILING_FUNCTION: Scenario = {
  name: 'failing-function',
  does: 'Breaks the function and mends it during a tracking; then lets Lambda refuse to run it until the end.',
  settles: [
    {
      id: 'broken-function-is-waited-for',
      says: 'The JSONata state after a failed check waits, and a tracking goes on once the function works',
      agrees: [{ failed: true, status: 'SUCCEEDED', finalEvents: 1 }],
    },
    {
      id: 'throttled-function-ends-in-time',
      says: 'Where Lambda does not run the function until after the deadline, the tracking ends with UNEXPECTED_ERROR',
      agrees: [{ status: 'FAILED', error: 'TrackingFailed', codes: ['UNEXPECTED_ERROR'] }],
    },
    {
      id: 'throttle-name',
      says: 'A function that Lambda does not run for want of concurrency fails a task with Lambda.TooManyRequestsException',
      agrees: ['Lambda.TooManyRequestsException'],
      notInEmulator: 'it gives errors names of its own',
    },
    {
      id: 'better-summary-stays',
      says: "The state machine's own write of a summary fails where a better one is there, and the tracking ends all the same",
      agrees: ['DynamoDB.ConditionalCheckFailedException'],
    },
  ],
  async run({ aws, brief, trackings, until, witness }) {
    const { functionName } = brief;
    const failed = async (executionArn: string) =>
      (await trackings.states(executionArn)).includes('Check failed');
    const ended = (executionArn: string, seconds: number) =>
      until('the end', seconds, async () => {
        const now = await trackings.status(executionArn);
        return now !== 'RUNNING' && now;
      });
    const told = (executionArn: string) =>
      until('the final event', WITHIN_SECONDS, async () => witness.finalEvents(executionArn).length > 0);

    const environment = await environmentOf(aws.lambda, functionName);
    const { TABLE_NAME: _, ...broken } = environment;
    await setEnvironment(aws.lambda, functionName, broken, until);
    const input = newNotification(2);
    const mended = await trackings.start(brief, input.requestId, input);
    await until('a failed check', WITHIN_SECONDS, () => failed(mended));
    await setEnvironment(aws.lambda, functionName, environment, until);
    const mendedStatus = await ended(mended, 3 * BRIEF_DEADLINE_SECONDS + WITHIN_SECONDS);
    await told(mended);

    await aws.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: functionName, ReservedConcurrentExecutions: 0 }),
    );
    // The same notification again, whose summary is there.
    const throttled = await trackings.start(brief, `${input.requestId}--2`, input);
    await ended(throttled, 3 * BRIEF_DEADLINE_SECONDS + WITHIN_SECONDS);
    await told(throttled);
    await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionName }));

    const { status = '', error = null } = await trackings.describe(throttled);
    const errors = await trackings.errors(throttled);
    const codes: Seen = witness.finalEvents(throttled).map(({ detail }) => detail.data.error?.code);
    return {
      seen: {
        'broken-function-is-waited-for': {
          failed: true,
          status: mendedStatus,
          finalEvents: witness.finalEvents(mended).length,
        },
        'throttled-function-ends-in-time': { status, error, codes },
        'throttle-name': errors[0]?.error ?? 'no error',
        'better-summary-stays':
          errors.find(({ error: name }) => name?.startsWith('DynamoDB'))?.error ?? 'written',
      },
      fixtures: {
        mended: await trackings.errors(mended),
        throttled: errors,
        finalEvents: [...witness.finalEvents(mended), ...witness.finalEvents(throttled)],
      },
    };
  },
};

async function environmentOf(lambda: LambdaClient, FunctionName: string): Promise<Record<string, string>> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}

async function setEnvironment(
  lambda: LambdaClient,
  FunctionName: string,
  Variables: Record<string, string>,
  until: Parameters<Scenario['run']>[0]['until'],
): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await until('the environment is changed', WITHIN_SECONDS, async () => {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return LastUpdateStatus !== 'InProgress';
  });
}
