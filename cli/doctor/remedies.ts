/** What to do about an obstacle that holds trackings, in short; docs/errors.md has it at length. */
import type { Finding } from './finding.ts';

export type Remedy = Pick<Finding, 'code' | 'severity' | 'advice' | 'commands'>;

/** An error needs somebody; anything else may mend itself. */
const error = (advice: string, ...commands: string[]): Remedy => ({
  code: 'TRACKINGS_HELD',
  severity: 'error',
  advice,
  commands,
});
const warning = (advice: string): Remedy => ({ code: 'TRACKINGS_HELD', severity: 'warning', advice });

const REMEDIES: Readonly<Record<string, Remedy>> = {
  CREDENTIALS_REFUSED: {
    ...error(
      'Compare with the app in Kore.ai: its scope Proactive Messages must be enabled, and the bot published since; client id and key must be this app\'s, and the algorithm the one that it is set to (HS256, or RS256 with a private key, unless the secret has "algorithm"). A token lives five minutes, so a clock that is further off makes it invalid.',
      'delivery-tracker credentials check',
    ),
    code: 'KORE_CREDENTIALS_REFUSED',
  },
  UNEXPECTED_ERROR: {
    ...error(
      "Read the function's log. Roll back if a deployment preceded it. If the log has no new lines, Lambda does not run the function: look at its key, its subnets and its concurrency.",
    ),
    code: 'CHECKS_FAIL',
  },
  NOT_CONFIGURED: error(
    'Put the credentials of the app in Kore.ai into the secret:',
    'delivery-tracker credentials set --file secret.json',
  ),
  INVALID_SECRET: error('Put the secret right:', 'delivery-tracker credentials set --file secret.json'),
  SECRET_UNREACHABLE: error(
    "Check that the secret exists, and that the function's role and the policy of the secret's key allow it to be read.",
  ),
  KORE_REQUEST_REFUSED: error('Check host and apiScope of the tracker, and of the bot if it has its own.'),
  KORE_ANSWER_INVALID: error('Check the host of the tracker: a proxy may answer instead of Kore.ai.'),
  TABLE_UNREACHABLE: error('Check the table, its key and its capacity.'),
  KORE_UNREACHABLE: warning(
    "Look at Kore.ai's status page and, in a VPC, at the route to the internet. Trackings go on by themselves.",
  ),
  RATE_LIMITED: warning(
    'Something else uses the same quota, or your sends do: lower callLimits by what they use.',
  ),
  OUT_OF_CALL_BUDGET: warning('Nothing, if it ends with the campaign; if it lasts, start fewer at a time.'),
  PAUSED: warning('Resume the bot when the incident is over. Deadlines go on meanwhile.'),
  NOTIFICATION_NOT_FOUND: warning('Check the request id and the stream id.'),
  LOGS_NOT_SAVED: warning('Nothing; if it lasts, look for throttling of the table and its indexes.'),
};

export function remedyFor(obstacle: string): Remedy {
  const known = Object.hasOwn(REMEDIES, obstacle) ? REMEDIES[obstacle] : undefined;
  return known ?? warning('docs/errors.md of the release of the stack says what to do.');
}
