/** What to do about an obstacle that holds trackings, in short; docs/errors.md has it at length. */
import type { TrackedNotification } from '../credentials/credentials-commands.ts';
import { obstacleAdvice, obstacleCommand } from '../text/obstacle-sentence.ts';
import type { Finding } from './finding.ts';

export type Remedy = Pick<Finding, 'code' | 'severity' | 'advice' | 'commands'>;

/** Of both functions, also of invocations that failed. */
export const READ_LOGS = ['logs', '--since', '1h'];

/** These need somebody; anything else may mend itself. */
const ERRORS: Readonly<Record<string, Partial<Remedy>>> = {
  CREDENTIALS_REFUSED: {
    code: 'KORE_CREDENTIALS_REFUSED',
    advice:
      'Compare with the app in Kore.ai: its scope Proactive Messages must be enabled, and the bot published since; client id and key must be this app\'s, and the algorithm the one that it is set to (HS256, or RS256 with a private key, unless the secret has "algorithm"). A token lives five minutes, so a clock that is further off makes it invalid.',
  },
  UNEXPECTED_ERROR: {
    code: 'CHECKS_FAIL',
    advice:
      "Read the function's log. Roll back if a deployment preceded it. If the log has no new lines, Lambda does not run the function: look at its key, its subnets and its concurrency.",
    commands: [READ_LOGS],
  },
  NOT_CONFIGURED: {},
  INVALID_SECRET: {},
  SECRET_UNREACHABLE: {},
  KORE_REQUEST_REFUSED: {},
  KORE_ANSWER_INVALID: {},
  TABLE_UNREACHABLE: {},
};

/** @param about a notification whose tracking it holds. */
export function remedyFor(obstacle: string, about: TrackedNotification): Remedy {
  const error = Object.hasOwn(ERRORS, obstacle) ? ERRORS[obstacle] : undefined;
  const severity = error === undefined ? 'warning' : 'error';
  const command = obstacleCommand(obstacle, about);
  const commands = command === undefined ? [] : [command];
  return { code: 'TRACKINGS_HELD', severity, advice: obstacleAdvice(obstacle), commands, ...error };
}
