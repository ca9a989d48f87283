import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { secretIn } from '../../../../lambdas/check-delivery/kore/access/secret.ts';
import { secretServer } from '../../../../local/aws/secret-server.ts';
import { LOCAL_REGION } from '../../../../local/aws/template.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:credentials-AbCdEf';
const secretText = (clientSecret: string) => JSON.stringify({ clientId: 'cs-1', clientSecret });
const keyOf = (clientSecret: string) => new TextEncoder().encode(clientSecret);
const PLACEHOLDER_TEXT = '{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME"}';

type Stored = string | Uint8Array | undefined | Error;

/** Answers from a cache like Powertools' provider, until it is forced to fetch. */
function fakeProvider(stored: Stored, cached: Stored = stored) {
  const calls: { name: string; forceFetch?: boolean; maxAge?: number }[] = [];
  const get = async (name: string, options: { forceFetch?: boolean; maxAge?: number } = {}) => {
    calls.push({ name, ...options });
    const found = options.forceFetch ? stored : cached;
    if (found instanceof Error) throw found;
    return found;
  };
  return { calls, get: get as unknown as SecretsProvider['get'] };
}

describe('the current credentials', () => {
  it('come from the cache', async () => {
    const provider = fakeProvider(secretText('new'), secretText('cached'));
    const { credentials } = await secretIn(provider, SECRET_ARN).current();
    expect(credentials).toMatchObject({ clientId: 'cs-1', key: keyOf('cached') });
  });

  it('are asked for once, by the ARN, and may be five minutes old', async () => {
    const provider = fakeProvider(secretText('value'));
    await secretIn(provider, SECRET_ARN).current();
    expect(provider.calls).toEqual([{ name: SECRET_ARN, forceFetch: false, maxAge: 300 }]);
  });

  it.each([
    ['the placeholder', PLACEHOLDER_TEXT],
    ['no JSON', 'oops'],
    ['nothing', undefined],
    ['bytes', new Uint8Array([1, 2, 3])],
  ])('are fetched anew where the cache holds %s', async (_what, cached) => {
    const provider = fakeProvider(secretText('mended'), cached);
    const { credentials } = await secretIn(provider, SECRET_ARN).current();
    expect(credentials.key).toEqual(keyOf('mended'));
  });
});

describe('the refetched credentials', () => {
  it('come from Secrets Manager, whatever the cache holds', async () => {
    const provider = fakeProvider(secretText('new'), secretText('cached'));
    const { credentials } = await secretIn(provider, SECRET_ARN).refetched();
    expect(credentials.key).toEqual(keyOf('new'));
    expect(provider.calls).toMatchObject([{ forceFetch: true }]);
  });
});

describe('the version', () => {
  it('stays while the text stays', async () => {
    const secret = secretIn(fakeProvider(secretText('same')), SECRET_ARN);
    expect((await secret.refetched()).version).toBe((await secret.current()).version);
  });

  it('differs where the text differs', async () => {
    const secret = secretIn(fakeProvider(secretText('new'), secretText('cached')), SECRET_ARN);
    expect((await secret.refetched()).version).not.toBe((await secret.current()).version);
  });
});

describe.each(['current', 'refetched'] as const)('without usable credentials, %s', (method) => {
  it('says that the placeholder is still there', async () => {
    const secret = secretIn(fakeProvider(PLACEHOLDER_TEXT), SECRET_ARN);
    await expect(secret[method]()).rejects.toMatchObject({ obstacle: { code: 'NOT_CONFIGURED' } });
  });

  it('refuses an unusable secret without showing it', async () => {
    const secret = secretIn(fakeProvider('{"clientSecret":"very-secret"}'), SECRET_ARN);
    await expect(secret[method]()).rejects.toMatchObject({
      obstacle: { code: 'INVALID_SECRET', message: expect.not.stringContaining('very-secret') },
    });
  });

  it.each([undefined, new Uint8Array([1, 2, 3])])('refuses a secret without text: %o', async (stored) => {
    const secret = secretIn(fakeProvider(stored), SECRET_ARN);
    await expect(secret[method]()).rejects.toMatchObject({
      obstacle: { code: 'INVALID_SECRET', message: expect.stringContaining('no text') },
    });
  });

  it('says why Secrets Manager cannot be reached, and keeps the cause', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    const failure = new Error('get failed', { cause: denied });
    const secret = secretIn(fakeProvider(failure), SECRET_ARN);
    await expect(secret[method]()).rejects.toMatchObject({
      obstacle: { code: 'SECRET_UNREACHABLE', message: expect.stringContaining('AccessDeniedException') },
      cause: failure,
    });
  });

  it('cannot say why where nobody told', async () => {
    const secret = secretIn(fakeProvider(new Error('very-secret')), SECRET_ARN);
    await expect(secret[method]()).rejects.toMatchObject({
      obstacle: { code: 'SECRET_UNREACHABLE', message: expect.stringContaining('(unknown error)') },
      message: expect.not.stringContaining('very-secret'),
    });
  });
});

it('asks once only where Secrets Manager cannot be reached', async () => {
  const provider = fakeProvider(new Error('down'));
  await expect(secretIn(provider, SECRET_ARN).current()).rejects.toThrow();
  expect(provider.calls).toHaveLength(1);
});

describe('with the real provider', () => {
  async function realSecret(text: string) {
    const server = await secretServer(SECRET_ARN, text);
    const client = new SecretsManagerClient({
      endpoint: server.endpoint,
      region: LOCAL_REGION,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    onTestFinished(async () => {
      client.destroy();
      await server.close();
    });
    return { server, secret: secretIn(new SecretsProvider({ awsSdkV3Client: client }), SECRET_ARN) };
  }

  it('keeps the cached credentials until they are refetched', async () => {
    const { server, secret } = await realSecret(secretText('first'));
    const first = await secret.current();
    server.put(secretText('second'));
    const cached = await secret.current();
    const fresh = await secret.refetched();
    expect(cached).toEqual(first);
    expect(fresh.credentials.key).toEqual(keyOf('second'));
    expect(fresh.version).not.toBe(first.version);
  });

  it('goes on with the refetched credentials', async () => {
    const { server, secret } = await realSecret(secretText('first'));
    await secret.current();
    server.put(secretText('second'));
    const fresh = await secret.refetched();
    expect(await secret.current()).toEqual(fresh);
  });

  it('reads a mended secret at once', async () => {
    const { server, secret } = await realSecret(PLACEHOLDER_TEXT);
    await expect(secret.current()).rejects.toMatchObject({ obstacle: { code: 'NOT_CONFIGURED' } });
    server.put(secretText('real'));
    expect((await secret.current()).credentials.key).toEqual(keyOf('real'));
  });

  it('names the error of Secrets Manager', async () => {
    const { server, secret } = await realSecret(secretText('gone'));
    server.put({ refusal: 'ResourceNotFoundException' });
    await expect(secret.current()).rejects.toMatchObject({
      obstacle: { code: 'SECRET_UNREACHABLE', message: expect.stringContaining('ResourceNotFoundException') },
    });
  });
});
