/** Checks tokens as Kore.ai does with "Enforce JTI" on (Kore.ai docs, SDK Security). */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { Credentials } from '../../contract/credentials.ts';

const LONGEST_LIFE_SECONDS = 3600;

/** Returns what is wrong with a token, if anything. */
export type TokenCheck = (token: string | undefined, now: number) => Promise<string | undefined>;

export function tokenCheck({ clientId, algorithm, key }: Credentials): TokenCheck {
  const seen = new Set<string>();
  const verificationKey = key instanceof Uint8Array ? key : createPublicKey(key as KeyObject);

  return async (token, now) => {
    if (token === undefined) return 'the header auth is missing';
    try {
      const { payload } = await jwtVerify(token, verificationKey, {
        algorithms: [algorithm],
        audience: 'https://idproxy.kore.ai/authorize',
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: new Date(now),
        // Clocks of two machines differ a little.
        clockTolerance: 5,
      });
      const { appId, iat = 0, exp = 0, jti } = payload;
      if (appId !== clientId) return 'appId is not a known client id';
      if (exp - iat > LONGEST_LIFE_SECONDS) return 'the token lives longer than one hour';
      if (jti === undefined || jti === '') return 'the token has no jti';
      if (seen.has(jti)) return 'the jti was used before';
      seen.add(jti);
      return undefined;
    } catch {
      return 'the token is not valid';
    }
  };
}
