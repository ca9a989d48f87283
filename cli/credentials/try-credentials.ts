/**
 * Shows credentials to Kore.ai: one call about a notification, as a check makes it.
 *
 * This machine makes it, not the function: a right to invoke the function would be one to end any tracking. So the network is
 * this machine's, and the call budget does not count the call.
 */
import type { ApiScope } from '../../contract/api-scope.ts';
import type { Credentials } from '../../contract/credentials.ts';
import { signToken } from '../../lambdas/check-delivery/kore/access/token.ts';
import { connectToStatusApi, type NotificationName } from '../../lambdas/check-delivery/kore/status-api.ts';
import { ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { callAbout } from './credentials-commands.ts';

/** As in the function. */
const LIMITS = { connectLimitMs: 5_000, timeLimitMs: 10_000, sizeLimitBytes: 8 * 1024 * 1024 };

export interface KoreApi {
  readonly host: string;
  readonly apiScope: ApiScope;
}

/**
 * @param now milliseconds since 1970.
 * @returns whether Kore.ai, which accepts the credentials, knows the notification.
 * @throws CommandError `KORE_CREDENTIALS_REFUSED`, or `KORE_CALL_INCONCLUSIVE` where the answer tells nothing of them.
 */
export async function tryCredentials(
  credentials: Credentials,
  api: KoreApi,
  notification: NotificationName,
  now: () => number,
): Promise<{ readonly isKnown: boolean }> {
  try {
    const token = await signToken(credentials, now());
    const connection = await connectToStatusApi({ ...api, ...LIMITS }, notification, now);
    await connection.ask(token, undefined);
    return { isKnown: true };
  } catch (error) {
    if (!(error instanceof ObstacleError)) throw error;
    if (error.code === 'NOTIFICATION_NOT_FOUND' && CODE_OF_KORE.test(error.message))
      return { isKnown: false };
    throw error.code === 'CREDENTIALS_REFUSED'
      ? refused(error, credentials, api)
      : inconclusive(error, notification);
  }
}

/** Anything may answer 404, at a wrong host for instance; this is the form of Kore.ai's own errors. */
const CODE_OF_KORE = /\(code \d+\)/;

/** Kore.ai documents no answer for any of these, so all are named. */
function refused(
  { message }: ObstacleError,
  { algorithm }: Credentials,
  { host, apiScope }: KoreApi,
): CommandError {
  const [said = ''] = message.split('. ');
  const scope =
    apiScope === 'app-builder'
      ? 'App Builder: Proactive Messages'
      : 'Admin Console: Channel Management > Proactive Messages';
  return new CommandError(
    'KORE_CREDENTIALS_REFUSED',
    EXIT.failed,
    `${said}: it refuses the credentials. Check in Kore.ai, at ${host}:`,
    [
      'the client id and the secret or key are those of this app',
      `its algorithm is ${algorithm}; for another, put "algorithm" into the secret`,
      `it has the scope ${scope}, and the bot was published after that`,
      'the bot of the call is one of this app',
    ],
  );
}

function inconclusive({ code, message }: ObstacleError, { streamId }: NotificationName): CommandError {
  return new CommandError(
    'KORE_CALL_INCONCLUSIVE',
    EXIT.failed,
    `${code}: ${message} That tells nothing of the credentials. Where Kore.ai did answer, ask about a notification that exists:`,
    [],
    [callAbout({ requestId: 'REQUEST_ID', streamId })],
  );
}
