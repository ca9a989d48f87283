/** The JWT of one call to Kore (Kore.ai docs, Using XO Platform APIs and SDK Security). */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Credentials } from '../../../../contract/credentials.ts';

const AUDIENCE = 'https://idproxy.kore.ai/authorize';

/** Minutes that a token lives. "Enforce JTI" refuses more than an hour. */
const LIFE_MINUTES = 5;

/**
 * Signs a token that is good for one call: "Enforce JTI" refuses a `jti` that was used before.
 *
 * @param now milliseconds since 1970.
 */
export function signToken({ clientId, subject, algorithm, key }: Credentials, now: number): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ appId: clientId })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setSubject(subject)
    .setIssuer(clientId)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFE_MINUTES * 60)
    .setJti(randomUUID())
    .sign(key);
}
