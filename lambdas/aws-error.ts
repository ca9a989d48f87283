/** What an error of the AWS SDK tells. Its message is left out: it may quote keys, which are addresses. */

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}

/** What DynamoDB calls "too fast" (AWS docs, Error handling with DynamoDB). */
const THROTTLES = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottledException',
];

export function isThrottle(error: unknown): boolean {
  return THROTTLES.includes(errorName(error));
}

/** Whether a condition of a write did not hold. */
export function isConditionFailure(error: unknown): boolean {
  return errorName(error) === 'ConditionalCheckFailedException';
}

/** AWS's id of the request, for a line of the log; absent where the error is not AWS's. */
export function awsRequestId(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return (error as { $metadata?: { requestId?: string } }).$metadata?.requestId;
}
