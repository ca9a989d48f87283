/** Where the credentials come from: Secrets Manager, cached between checks. */

import { createHash } from 'node:crypto';
import type { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { Credentials } from '../../../../contract/credentials.ts';
import { errorName } from '../../../aws-error.ts';
import { ObstacleError } from '../../obstacle.ts';
import { usableCredentials } from './usable-credentials.ts';

/** A rotated secret is noticed at once when Kore refuses the old one, and after this many seconds when it does not. */
const CACHE_SECONDS = 300;

export interface Secret {
  /** The credentials, from the cache where it has them. */
  current(): Promise<VersionedCredentials>;
  /** The credentials, from Secrets Manager, whatever the cache says. */
  refetched(): Promise<VersionedCredentials>;
}

export interface VersionedCredentials {
  readonly credentials: Credentials;
  /** Hash of the secret's text. */
  readonly version: string;
}

/** @throws ObstacleError (from both methods) `SECRET_UNREACHABLE`, `NOT_CONFIGURED` or `INVALID_SECRET`. */
export function secretIn(provider: Pick<SecretsProvider, 'get'>, secretArn: string): Secret {
  async function read(forceFetch: boolean): Promise<VersionedCredentials> {
    const text = await secretText(provider, secretArn, 'The secret', forceFetch);
    return { credentials: usableCredentials(text), version: createHash('sha256').update(text).digest('hex') };
  }
  return {
    async current() {
      try {
        return await read(false);
      } catch (error) {
        // A secret that was mended since it was cached must not wait for the cache to expire.
        if (error instanceof ObstacleError && error.code !== 'SECRET_UNREACHABLE') return read(true);
        throw error;
      }
    },
    refetched: () => read(true),
  };
}

/**
 * @param name of the secret, in a sentence.
 * @throws ObstacleError `SECRET_UNREACHABLE` or `INVALID_SECRET`.
 */
export async function secretText(
  provider: Pick<SecretsProvider, 'get'>,
  secretArn: string,
  name: string,
  forceFetch = false,
): Promise<string> {
  let text: string | Uint8Array | undefined;
  try {
    text = await provider.get(secretArn, { maxAge: CACHE_SECONDS, forceFetch });
  } catch (error) {
    const reason = errorName((error as { cause?: unknown }).cause);
    throw new ObstacleError(
      'SECRET_UNREACHABLE',
      `${name} could not be read from Secrets Manager (${reason}). Check that it exists and that the function's role and key policy allow it.`,
      { cause: error },
    );
  }
  if (typeof text === 'string') return text;
  throw new ObstacleError('INVALID_SECRET', `${name} is not usable: it has no text.`);
}
