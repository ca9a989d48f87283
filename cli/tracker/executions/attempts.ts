/** Attempts to track a notification: each is an execution of the tracker's state machine. */
import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  type ExecutionListItem,
  type ExecutionStatus,
  paginateListExecutions,
  type SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { executionArn, executionName } from '../../../client/index.ts';

export interface Attempt {
  readonly executionArn: string;
  readonly requestId: string;
  /** From 1. */
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  /** JSON; absent in lists, like the fields below. */
  readonly input?: string | undefined;
  /** JSON. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

export interface StateMachine {
  readonly client: SFNClient;
  readonly arn: string;
}

/**
 * The latest attempt of which Step Functions knows: it forgets 90 days after an end.
 *
 * @param from an attempt that is known to have been; earlier ones may be forgotten.
 */
export async function latestAttempt(
  stateMachine: StateMachine,
  requestId: string,
  from = 1,
): Promise<Attempt | undefined> {
  const named = (name: string) => describeAttempt(stateMachine, executionArn(stateMachine.arn, name));
  let latest: Attempt | undefined;
  for (let number = from; ; number += 1) {
    const attempt =
      (await named(executionName(requestId, number))) ?? (await named(oldName(requestId, number)));
    if (attempt === undefined) return latest;
    latest = attempt;
  }
}

export async function describeAttempt(
  { client }: StateMachine,
  executionArn: string,
): Promise<Attempt | undefined> {
  try {
    return toAttempt(await client.send(new DescribeExecutionCommand({ executionArn })));
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}

export async function stopAttempt({ client }: StateMachine, { executionArn }: Attempt): Promise<void> {
  const cause = 'Stopped by an operator with delivery-tracker stop';
  await client.send(new StopExecutionCommand({ executionArn, error: 'StoppedByOperator', cause }));
}

export async function runningAttempts(stateMachine: StateMachine): Promise<Attempt[]> {
  return list(stateMachine, 'RUNNING');
}

/** Request ids of the trackings that run. */
export async function runningRequestIds(stateMachine: StateMachine): Promise<Set<string>> {
  const running = await runningAttempts(stateMachine);
  return new Set(running.map(({ requestId }) => requestId));
}

/** AWS's limit for a page. */
const PAGE = 1_000;

async function list({ client, arn }: StateMachine, statusFilter: ExecutionStatus): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const request = { stateMachineArn: arn, maxResults: PAGE, statusFilter };
  for await (const { executions = [] } of paginateListExecutions({ client }, request)) {
    attempts.push(...executions.map(toAttempt));
  }
  return attempts;
}

export function toAttempt(execution: DescribeExecutionOutput | ExecutionListItem): Attempt {
  const { executionArn = '', name = '', status = 'RUNNING', startDate, stopDate } = execution;
  const { input, output, error, cause } = execution as DescribeExecutionOutput;
  return {
    executionArn,
    ...attemptOf(name),
    status,
    startedAt: startDate,
    endedAt: status === 'RUNNING' ? undefined : stopDate,
    input,
    output,
    error,
    cause,
  };
}

/** How 0.1.0 named a later attempt. Request ids hold no dot. */
function oldName(requestId: string, number: number): string {
  return `${requestId}.${number}`;
}

/** The notification and the number of the attempt that an execution's name holds, in the form of 0.1.0 too. */
function attemptOf(executionName: string): Pick<Attempt, 'requestId' | 'number'> {
  const [, requestId = executionName, number = '1'] = LATER_ATTEMPT.exec(executionName) ?? [];
  return { requestId, number: Number(number) };
}

const LATER_ATTEMPT = /^(.+?)(?:--|\.)(\d+)$/;

/** Number of the attempt that an execution's ARN names. */
export function attemptNumberOf(executionArn: string): number {
  return attemptOf(executionArn.slice(executionArn.lastIndexOf(':') + 1)).number;
}
