import { describe, expect, it } from 'vitest';
import { botExceptionsIn } from '../../../../lambdas/check-delivery/kore/access/bot-exceptions.ts';

const STORED = {
  secretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:bots-AbCdEf',
  version: '1',
};

/** What the function knows of bots where their secret holds this, or cannot be read. */
function exceptionsFrom(text: string | Error) {
  const asked: unknown[] = [];
  const provider = {
    async get(...question: unknown[]) {
      asked.push(question);
      if (text instanceof Error) throw text;
      return text;
    },
  };
  return { asked, exceptions: botExceptionsIn(provider as never, STORED) };
}

describe('what differs for single bots', () => {
  it('is nothing, and costs no call, where no bot differs', async () => {
    expect(await botExceptionsIn(undefined as never, undefined)).toEqual({});
  });

  it('is read from its secret, and may be five minutes old', async () => {
    const bots = {
      'st-1': { host: 'https://bots.kore.ai', secretArn: 'arn:1' },
      'st-2': { apiScope: 'admin-console' },
    };
    const { asked, exceptions } = exceptionsFrom(JSON.stringify(bots));

    expect(await exceptions).toEqual(bots);
    expect(asked).toEqual([[STORED.secretArn, { maxAge: 300, forceFetch: false }]]);
  });

  it('is awaited where it cannot be read', async () => {
    await expect(exceptionsFrom(new Error('no')).exceptions).rejects.toMatchObject({
      code: 'SECRET_UNREACHABLE',
      message: expect.stringMatching(/^The secret with the settings of bots could not be read/),
    });
  });

  it.each([
    '',
    'hush-hush',
    '[]',
    '{"clientId":"cs-1","clientSecret":"hush-hush"}',
    '{"st-1":{"apiScope":"all"}}',
  ])('is awaited where the secret holds %s instead, which nothing repeats', async (text) => {
    const error = await exceptionsFrom(text).exceptions.catch((error) => error);

    expect(error).toMatchObject({ code: 'INVALID_SECRET', cause: undefined });
    expect(error.message).toMatch(/^The secret with the settings of bots does not hold/);
    expect(error.message).not.toContain('hush-hush');
  });
});
