import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Credentials, parseCredentials } from '../../../../contract/credentials.ts';
import { signToken } from '../../../../lambdas/check-delivery/kore/access/token.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

const now = Date.parse('2026-05-26T05:53:22.883Z');
const issuedAt = Date.parse('2026-05-26T05:53:22Z') / 1000;

const credentials = (fields: Record<string, string> = {}): Credentials =>
  parseCredentials(JSON.stringify({ clientId: 'cs-1', clientSecret: 'very-secret', ...fields }));
const keyCredentials = (fields: Record<string, string>): Credentials =>
  parseCredentials(JSON.stringify({ clientId: 'cs-1', ...fields }));

/** Verifies as Kore would: with the client secret, or the public half of the key. */
async function verify(token: string, { key, algorithm }: Credentials, at = now) {
  const secret = key instanceof Uint8Array ? key : createPublicKey(key as KeyObject);
  return jwtVerify(token, secret, { algorithms: [algorithm], currentDate: new Date(at) });
}

describe('the signature', () => {
  it.each(['HS256', 'HS512'])('is made with the client secret by %s', async (algorithm) => {
    const signer = credentials({ algorithm });
    const { protectedHeader } = await verify(await signToken(signer, now), signer);
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT' });
  });

  it.each([
    ['RS256', 'PKCS8', pkcs8],
    ['RS512', 'PKCS8', pkcs8],
    ['RS256', 'PKCS1', pkcs1],
    ['RS512', 'PKCS1', pkcs1],
    ['RS256', 'PKCS8 with its line breaks written as \\n', pkcs8.replaceAll('\n', '\\n')],
  ])('is made with the private key by %s from %s', async (algorithm, _form, pem) => {
    const signer = keyCredentials({ privateKey: pem, algorithm });
    const { protectedHeader } = await verify(await signToken(signer, now), signer);
    expect(protectedHeader.alg).toBe(algorithm);
  });

  it('does not hold for another secret', async () => {
    const token = await signToken(credentials(), now);
    await expect(verify(token, credentials({ clientSecret: 'another' }))).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    });
  });
});

describe('the claims', () => {
  it('are those that Kore reads, and no others', async () => {
    const signer = credentials({ subject: 'u-1' });
    const { payload } = await verify(await signToken(signer, now), signer);
    expect(payload).toEqual({
      appId: 'cs-1',
      sub: 'u-1',
      iss: 'cs-1',
      aud: 'https://idproxy.kore.ai/authorize',
      iat: issuedAt,
      exp: issuedAt + 300,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('name the client as subject where the secret names none', async () => {
    const signer = credentials();
    const { payload } = await verify(await signToken(signer, now), signer);
    expect(payload.sub).toBe('cs-1');
  });

  it('hold for five minutes', async () => {
    const signer = credentials();
    const token = await signToken(signer, now);
    await expect(verify(token, signer, now + 299_000)).resolves.toBeDefined();
    await expect(verify(token, signer, now + 301_000)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  it('have a jti of their own in every token', async () => {
    const signer = credentials();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => signToken(signer, now)));
    const verified = await Promise.all(tokens.map((token) => verify(token, signer)));
    expect(new Set(verified.map(({ payload }) => payload.jti)).size).toBe(20);
  });
});
