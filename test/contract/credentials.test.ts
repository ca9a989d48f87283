import { createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CredentialsError, PLACEHOLDER, parseCredentials } from '../../contract/credentials.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

const withSecret = { clientId: 'cs-1', clientSecret: 'very-secret' };
const withKey = { clientId: 'cs-1', privateKey: pkcs8 };
const parse = (fields: unknown) => parseCredentials(JSON.stringify(fields));

function refusal(text: string): CredentialsError {
  try {
    parseCredentials(text);
  } catch (error) {
    if (error instanceof CredentialsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
const refusalOf = (fields: unknown) => refusal(JSON.stringify(fields));

describe('a client secret', () => {
  it('signs with HS256 by default, its bytes being the key', () => {
    const { algorithm, key } = parse(withSecret);
    expect(algorithm).toBe('HS256');
    expect(key).toEqual(new TextEncoder().encode('very-secret'));
  });

  it.each(['HS256', 'HS512'])('signs with %s where the secret says so', (algorithm) => {
    expect(parse({ ...withSecret, algorithm }).algorithm).toBe(algorithm);
  });

  it.each(['RS256', 'RS512', 'none', 'hs256'])('is refused with the algorithm %s', (algorithm) => {
    const { code, message } = refusalOf({ ...withSecret, algorithm });
    expect(code).toBe('ALGORITHM_UNKNOWN');
    expect(message).toContain('"algorithm" must be HS256 or HS512');
  });
});

describe('a private key', () => {
  it.each([
    ['PKCS8', pkcs8],
    ['PKCS1', pkcs1],
    ['PKCS8 without the last line break', pkcs8.trimEnd()],
    ['PKCS8 with line breaks of Windows', pkcs8.replaceAll('\n', '\r\n')],
    ['PKCS8 with its line breaks written as \\n', pkcs8.replaceAll('\n', '\\n')],
    ['PKCS1 with its line breaks written as \\n', pkcs1.replaceAll('\n', '\\n')],
  ])('is read as %s', (_form, pem) => {
    const { key } = parse({ ...withKey, privateKey: pem });
    expect(key).toBeInstanceOf(KeyObject);
    expect(createPublicKey(key as KeyObject).equals(publicKey)).toBe(true);
  });

  it('signs with RS256 by default', () => {
    expect(parse(withKey).algorithm).toBe('RS256');
  });

  it.each(['RS256', 'RS512'])('signs with %s where the secret says so', (algorithm) => {
    expect(parse({ ...withKey, algorithm }).algorithm).toBe(algorithm);
  });

  it.each(['HS256', 'HS512', 'ES256', 'PS256'])('is refused with the algorithm %s', (algorithm) => {
    const { code, message } = refusalOf({ ...withKey, algorithm });
    expect(code).toBe('ALGORITHM_UNKNOWN');
    expect(message).toContain('"algorithm" must be RS256 or RS512');
  });

  it.each([
    ['text that is no key', 'not-a-key'],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    [
      'an encrypted key',
      privateKey
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
        .toString(),
    ],
    ['half a key', pkcs8.slice(0, pkcs8.length / 2)],
  ])('is not %s', (_what, pem) => {
    const { code, message } = refusalOf({ ...withKey, privateKey: pem });
    expect(code).toBe('KEY_MALFORMED');
    expect(message).toContain('"privateKey" is not an unencrypted private key in PEM form');
    expect(message).not.toContain(pem);
  });

  it.each([
    ['elliptic curves', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['RSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 })],
  ])('is not a key of %s', (_kind, { privateKey: other }) => {
    const { code, message } = refusalOf({
      ...withKey,
      privateKey: other.export({ type: 'pkcs8', format: 'pem' }),
    });
    expect(code).toBe('KEY_MALFORMED');
    expect(message).toContain('RSA key of 2048 bits or more');
  });

  it('has 2048 bits or more', () => {
    const { privateKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { code, message } = refusalOf({
      ...withKey,
      privateKey: short.export({ type: 'pkcs8', format: 'pem' }),
    });
    expect(code).toBe('KEY_MALFORMED');
    expect(message).toContain('RSA key of 2048 bits or more');
  });
});

describe('the names in it', () => {
  it('are the client id, and as the subject the client id again', () => {
    expect(parse(withSecret)).toMatchObject({ clientId: 'cs-1', subject: 'cs-1' });
  });

  it('are the client id and the subject where it has one', () => {
    expect(parse({ ...withSecret, subject: 'u-1' })).toMatchObject({ clientId: 'cs-1', subject: 'u-1' });
  });

  it('may stand among fields that nobody knows', () => {
    expect(parse({ ...withSecret, note: 'rotated in May' }).clientId).toBe('cs-1');
  });

  it.each([null, ''])('count as missing where the optional ones are %j', (empty) => {
    expect(parse({ ...withSecret, privateKey: empty, algorithm: empty, subject: empty })).toMatchObject({
      subject: 'cs-1',
      algorithm: 'HS256',
    });
  });
});

describe('a secret that is not usable', () => {
  it('is not configured while it holds the placeholder', () => {
    const { code, message } = refusalOf({ clientId: PLACEHOLDER, clientSecret: PLACEHOLDER });
    expect(code).toBe('PLACEHOLDER');
    expect(message).toContain('Put the app');
  });

  it.each([
    ['NOT_JSON', 'it is not JSON', 'clientId=cs-1'],
    ['NOT_JSON', 'it is not JSON', ''],
    ['NOT_JSON', 'it is not a JSON object', '["cs-1"]'],
    ['NOT_JSON', 'it is not a JSON object', 'null'],
    ['NOT_JSON', 'it is not a JSON object', '"cs-1"'],
    ['FIELD_MISSING', '"clientId" is missing', '{"clientSecret":"very-secret"}'],
    ['FIELD_MISSING', '"clientId" is missing', '{"clientId":"","clientSecret":"very-secret"}'],
    ['FIELD_INVALID', '"clientId" is not a string', '{"clientId":1,"clientSecret":"very-secret"}'],
    ['FIELD_MISSING', '"clientSecret" or "privateKey" is missing', '{"clientId":"cs-1"}'],
    ['FIELD_MISSING', '"clientSecret" or "privateKey" is missing', '{"clientId":"cs-1","clientSecret":""}'],
    ['FIELD_INVALID', '"clientSecret" is not a string', '{"clientId":"cs-1","clientSecret":["very-secret"]}'],
    ['FIELD_INVALID', '"privateKey" is not a string', '{"clientId":"cs-1","privateKey":{"kty":"RSA"}}'],
    [
      'FIELD_INVALID',
      '"subject" is not a string',
      '{"clientId":"cs-1","clientSecret":"very-secret","subject":7}',
    ],
    [
      'FIELD_INVALID',
      '"algorithm" is not a string',
      '{"clientId":"cs-1","clientSecret":"very-secret","algorithm":256}',
    ],
    ['FIELD_INVALID', 'keep one', '{"clientId":"cs-1","clientSecret":"very-secret","privateKey":"pem"}'],
  ])('is refused with %s, "%s", for %s', (reasonCode, reason, text) => {
    const { code, message } = refusal(text);
    expect(code).toBe(reasonCode);
    expect(message).toContain(reason);
    expect(message).not.toContain('very-secret');
  });

  it('never shows a value, whatever its shape', () => {
    const value = fc.stringMatching(/^[a-f0-9]{12,40}$/);
    const anyField = fc.option(fc.oneof(value, fc.array(value, { minLength: 1 })), { nil: undefined });
    const anySecret = fc.record({
      clientId: anyField,
      clientSecret: anyField,
      privateKey: anyField,
      algorithm: anyField,
      subject: anyField,
    });
    fc.assert(
      fc.property(anySecret, (fields) => {
        try {
          parse(fields);
        } catch (error) {
          expect(error).toBeInstanceOf(CredentialsError);
          expect((error as Error).message).not.toMatch(/[a-f0-9]{12}/);
        }
      }),
    );
  });

  it('is refused with an error of its own and no other, whatever its text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(refusal(text)).toBeInstanceOf(CredentialsError);
      }),
    );
  });
});
