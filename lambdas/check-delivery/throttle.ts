/** What DynamoDB calls "too fast" (AWS docs, Error handling with DynamoDB). */
const THROTTLES = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'ThrottledException',
];

export function isThrottle(error: unknown): boolean {
  return error instanceof Error && THROTTLES.includes(error.name);
}
