import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { briefDeadlineSeconds } from '../stack/verify-stack.ts';
import { environmentOf, setEnvironment } from '../world/function-environment.ts';
import { newNotification } from '../world/notification.ts';

const WITHIN_SECONDS = 60;
const CONCURRENCY_TAKES_SECONDS = 10;

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
  async run(world) {
    const { aws, brief, place, trackings, until, pause, witness } = world;
    const { functionName } = brief;
    const deadlineSeconds = briefDeadlineSeconds(place.isEmulator);
    const ended = async (executionArn: string) => {
      const status = await until('the end', 3 * deadlineSeconds + WITHIN_SECONDS, async () => {
        const now = await trackings.status(executionArn);
        return now !== 'RUNNING' && now;
      });
      await until(
        'the final event',
        WITHIN_SECONDS,
        async () => witness.finalEvents(executionArn).length > 0,
      );
      return status;
    };

    const environment = await environmentOf(aws.lambda, functionName);
    const { TABLE_NAME: _, ...broken } = environment;
    await setEnvironment(aws.lambda, functionName, broken, until);
    const input = newNotification(2);
    const startedAt = Date.now();
    const mended = await trackings.start(brief, input.requestId, input);
    await until('a failed check', WITHIN_SECONDS, async () => {
      return (await trackings.states(mended)).includes('Check failed');
    });
    await setEnvironment(aws.lambda, functionName, environment, until);
    const workedAfterSeconds = (Date.now() - startedAt) / 1000;
    const mendedStatus = await ended(mended);

    await aws.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: functionName, ReservedConcurrentExecutions: 0 }),
    );
    await pause(place.isEmulator ? 0 : CONCURRENCY_TAKES_SECONDS);
    // The same notification again, whose summary is there.
    const throttled = await trackings.start(brief, `${input.requestId}--2`, input);
    await ended(throttled);
    await aws.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: functionName }));

    const { status = '', error = null } = await trackings.describe(throttled);
    const errors = await trackings.errors(throttled);
    const codes: Seen = witness.finalEvents(throttled).map(({ detail }) => detail.data.error?.code);
    const isThrottled = errors.length > 0;
    const shown = (seen: Seen) => (isThrottled ? seen : new NotShown('Lambda ran the function all the same'));
    const summary: Seen = errors.find(({ error: name }) => name?.startsWith('DynamoDB'))?.error ?? 'written';
    const isLate = mendedStatus !== 'SUCCEEDED' && workedAfterSeconds > deadlineSeconds / 2;
    return {
      seen: {
        'broken-function-is-waited-for': isLate
          ? new NotShown(`the function worked again only after ${Math.round(workedAfterSeconds)} s`)
          : { failed: true, status: mendedStatus, finalEvents: witness.finalEvents(mended).length },
        'throttled-function-ends-in-time': shown({ status, error, codes }),
        'throttle-name': shown(errors[0]?.error ?? 'no name'),
        'better-summary-stays':
          mendedStatus === 'SUCCEEDED' ? shown(summary) : new NotShown('there was no better summary'),
      },
      fixtures: {
        mended: await trackings.errors(mended),
        throttled: errors,
        finalEvents: [...witness.finalEvents(mended), ...witness.finalEvents(throttled)],
      },
    };
  },
};
