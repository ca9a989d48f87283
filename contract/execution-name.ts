/** Names and ARNs of the executions that track notifications. */

/**
 * Name of the execution that tracks a notification: its request id, which Kore makes unique, so that a second start
 * does not track twice. A later attempt, after one that failed or timed out, is `{requestId}--{attempt}`.
 *
 * @param attempt from 1.
 */
export function executionName(requestId: string, attempt = 1): string {
  return attempt === 1 ? requestId : `${requestId}--${attempt}`;
}

/** The request id that an execution's name tells; 0.1.0 had a dot before the number of an attempt. */
export function requestIdIn(executionName: string): string {
  return executionName.replace(/(--|\.)\d+$/, '');
}

/** ARN of an execution of a state machine, or, with an empty name, what the ARNs of all its executions begin with. */
export function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
