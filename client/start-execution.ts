/** Starts an execution whose name says what it is for, so that a second start of the same name is harmless. */
import type { SFNClient } from '@aws-sdk/client-sfn';
import { executionArn } from '../contract/execution-name.ts';

export interface StartedExecution {
  readonly executionArn: string;
  /**
   * What Step Functions had by that name: nothing; an execution that runs with the very same input; or another that runs or
   * that ended within the last 90 days.
   */
  readonly found: 'nothing' | 'the same' | 'another';
}

/** An execution that began this long before our call was there before it, whatever the clocks say. */
const EARLIER_MS = 10_000;

/** @throws the SDK's errors, but for `ExecutionAlreadyExists`. */
export async function startExecution(
  client: Pick<SFNClient, 'send'>,
  stateMachineArn: string,
  name: string,
  input: object,
): Promise<StartedExecution> {
  // Here, because who only reads events need not have the SDK.
  const { StartExecutionCommand } = await import('@aws-sdk/client-sfn');
  const calledAt = Date.now();
  try {
    const started = await client.send(
      new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
    );
    const { executionArn = '', startDate } = started;
    const isEarlier = startDate !== undefined && startDate.getTime() < calledAt - EARLIER_MS;
    return { executionArn, found: isEarlier ? 'the same' : 'nothing' };
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
    return { executionArn: executionArn(stateMachineArn, name), found: 'another' };
  }
}
