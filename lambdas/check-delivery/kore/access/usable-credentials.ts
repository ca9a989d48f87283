/** The credentials of a secret, or the obstacle that it holds none. */
import { type Credentials, CredentialsError, parseCredentials } from '../../../../contract/credentials.ts';
import { ObstacleError } from '../../obstacle.ts';

/** @throws ObstacleError `NOT_CONFIGURED` for the placeholder, `INVALID_SECRET` naming the field; never a value. */
export function usableCredentials(secret: string): Credentials {
  try {
    return parseCredentials(secret);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    const code = error.code === 'PLACEHOLDER' ? 'NOT_CONFIGURED' : 'INVALID_SECRET';
    throw new ObstacleError(code, error.message);
  }
}
