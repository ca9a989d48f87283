/** What an obstacle's code means, in a sentence; docs/errors.md says what to do. */
const SENTENCES: Readonly<Record<string, string>> = {
  DEADLINE_PASSED: 'Kore.ai still said "in progress" at the deadline.',
  INVALID_INPUT: 'The input of the execution cannot be tracked.',
  TRACKING_INTERRUPTED: 'The execution was stopped, or died without its event.',
  UNEXPECTED_ERROR: 'Checks fail in the function, or Lambda does not run it.',
  CAMPAIGN_ID_USED: 'Another execution has this campaign id.',
  KORE_UNREACHABLE: 'Kore.ai answers with 5xx, not in time, or not at all.',
  KORE_ANSWER_INVALID: 'The answer of Kore.ai cannot be read.',
  KORE_REQUEST_REFUSED: 'Kore.ai refuses the request.',
  RATE_LIMITED: 'Kore.ai refuses calls by its rate limit.',
  OUT_OF_CALL_BUDGET: 'Other trackings have booked the calls of this quota key.',
  PAUSED: 'An operator has paused calls for the bot.',
  NOTIFICATION_NOT_FOUND: 'Kore.ai does not know the notification.',
  CREDENTIALS_REFUSED: 'Kore.ai refuses the credentials.',
  NOT_CONFIGURED: 'The secret still holds its placeholder.',
  INVALID_SECRET: "The secret's JSON is not usable.",
  SECRET_UNREACHABLE: 'Secrets Manager refuses, or does not answer.',
  TABLE_UNREACHABLE: 'DynamoDB refuses, or does not answer.',
  LOGS_NOT_SAVED: 'The function ran out of time while saving rows.',
};

/** @param otherwise for a code of another release. */
export function obstacleSentence(code: string, otherwise = 'See docs/errors.md.'): string {
  return Object.hasOwn(SENTENCES, code) ? (SENTENCES[code] ?? otherwise) : otherwise;
}

/** The command that helps against an obstacle; of most there is none. */
const REMEDIES: Readonly<Record<string, string>> = {
  NOT_CONFIGURED: 'To fill it: delivery-tracker credentials set --file secret.json',
  INVALID_SECRET: 'To put another in: delivery-tracker credentials set --file secret.json',
  CREDENTIALS_REFUSED: 'To find out why: delivery-tracker credentials check --call',
};

export function obstacleRemedy(code: string): string | undefined {
  return Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
}
