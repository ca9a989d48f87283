/** The one call of a check, and the second one where the secret was rotated. */
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../contract/credentials.ts';
import type { StatusAnswer } from '../../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { type Claimed, callKore, type KorePorts } from '../../../lambdas/check-delivery/kore/call-kore.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';

const ANSWER: StatusAnswer = { status: 'SUCCESS', entries: [] };
const GRANTED: Claimed = { granted: true, goodUntil: 7, isPaused: false };
const credentialsOf = (clientId: string) => ({ clientId }) as Credentials;

interface Setup {
  /** What comes of each connection: an answer, or what it throws; the last one for all further ones. */
  readonly answers?: readonly (StatusAnswer | Error)[];
  readonly claimed?: Claimed;
  /** What connecting throws. */
  readonly unconnected?: Error;
  readonly freshVersion?: string;
}

/** Calls Kore, and says what came of it and what was done for it. */
async function calling({ answers = [ANSWER], claimed = GRANTED, unconnected, freshVersion = '1' }: Setup) {
  const done: string[] = [];
  const left = [...answers];
  const ports: KorePorts = {
    now: () => 1_000,
    accessTo: async (streamId) => ({
      secret: {
        current: async () => ({ credentials: credentialsOf('cached'), version: '1' }),
        async refetched() {
          done.push('refetched');
          return { credentials: credentialsOf('fresh'), version: freshVersion };
        },
      },
      quotaKeyOf: (clientId) => `${streamId}/${clientId}`,
      async connect() {
        if (unconnected !== undefined) throw unconnected;
        return {
          async ask(token, goodUntil) {
            done.push(`${token} until ${goodUntil}`);
            const answer = left.length > 1 ? left.shift() : left[0];
            if (answer instanceof Error) throw answer;
            return answer as StatusAnswer;
          },
          drop: () => void done.push('dropped'),
        };
      },
    }),
    signToken: async ({ clientId }) => `token of ${clientId}`,
  };
  const claim = async (quotaKey: string) => {
    done.push(`claimed for ${quotaKey}`);
    return claimed;
  };
  const [result] = await Promise.allSettled([
    callKore({ requestId: 'ds-1', streamId: 'st-1' }, claim, ports),
  ]);
  return { done, result: result.status === 'fulfilled' ? result.value : result.reason };
}

const refused = new ObstacleError('CREDENTIALS_REFUSED', 'no');

it('claims a call for the quota key, and asks with a token in time', async () => {
  const { done, result } = await calling({});

  expect(done).toEqual(['claimed for st-1/cached', 'token of cached until 7']);
  expect(result).toEqual({ answer: ANSWER, askedAt: 1_000 });
});

describe('where Kore refuses the credentials', () => {
  it('it calls once more with those of a secret that was rotated', async () => {
    const { done, result } = await calling({ answers: [refused, ANSWER], freshVersion: '2' });

    expect(done).toEqual([
      'claimed for st-1/cached',
      'token of cached until 7',
      'refetched',
      'claimed for st-1/fresh',
      'token of fresh until 7',
    ]);
    expect(result).toMatchObject({ answer: ANSWER });
  });

  it('it does not call again where the secret is the same', async () => {
    const { done, result } = await calling({ answers: [refused] });

    expect(done).toEqual(['claimed for st-1/cached', 'token of cached until 7', 'refetched']);
    expect(result).toBe(refused);
  });
});

it.each([
  ['another obstacle', new ObstacleError('RATE_LIMITED', 'full')],
  ['a bug', Object.assign(new Error('bug'), { code: 'CREDENTIALS_REFUSED' })],
])('does not read the secret again after %s', async (_, error) => {
  const { done, result } = await calling({ answers: [error], freshVersion: '2' });

  expect(done).not.toContain('refetched');
  expect(result).toBe(error);
});

describe('without a free call', () => {
  it.each([
    [
      'OUT_OF_CALL_BUDGET',
      false,
      "No call to Kore was free: the bot's rate limit is booked by other trackings.",
    ],
    ['PAUSED', true, 'An operator has paused calls to Kore for this bot.'],
  ])('it is %s, and the connection is closed', async (code, isPaused, message) => {
    const { done, result } = await calling({ claimed: { granted: false, isPaused } });

    expect(done).toEqual(['claimed for st-1/cached', 'dropped']);
    expect(result).toMatchObject({ code, message });
  });
});

describe('without a connection', () => {
  const unconnected = new ObstacleError('KORE_UNREACHABLE', 'no connection');

  it('it is unreachable, and the budget was asked all the same', async () => {
    const { done, result } = await calling({ unconnected });

    expect(done).toEqual(['claimed for st-1/cached']);
    expect(result).toBe(unconnected);
  });

  it('it is paused where calls are paused', async () => {
    const { result } = await calling({ unconnected, claimed: { granted: false, isPaused: true } });

    expect(result).toMatchObject({ code: 'PAUSED' });
  });

  it('a bug goes up before anything is claimed', async () => {
    const bug = new Error('bug');

    expect(await calling({ unconnected: bug })).toEqual({ done: [], result: bug });
  });
});
