import { describe, expect, it } from 'vitest';
import { parseInvocation } from '../../../lambdas/check-campaign/invocation.ts';

const execution = { id: 'arn', name: 'spring', startedAt: '2026-01-01T00:00:00Z' };
const input = { campaignId: 'spring', notifications: 3 };
const parse = (given: unknown, state: unknown = given, retentionDays = 90) =>
  parseInvocation({ execution, input: given, state }, retentionDays);

describe('the first check', () => {
  it('takes the input, without what is not known', () => {
    expect(parse({ ...input, deadlineSeconds: 60, owner: 'us' })).toEqual({
      execution,
      before: { checks: 0, isSwept: false, failures: undefined },
      input: { valid: true, campaign: { ...input, deadlineSeconds: 60 } },
    });
  });

  it('is the first one still after one that failed', () => {
    const { before, input: parsed } = parse(input, { outcome: 'waiting', failures: 2, nextCheckAt: 'soon' });

    expect(before).toEqual({ checks: 0, isSwept: false, failures: 2 });
    expect(parsed).toEqual({ valid: true, campaign: input });
  });

  it('takes an input that has the form of a state for an input all the same', () => {
    const lookalike = { ...input, outcome: 'waiting', checks: 7, isSwept: true, failures: 1 };

    expect(parse(lookalike)).toMatchObject({
      before: { checks: 0, isSwept: false, failures: undefined },
      input: { valid: true, campaign: input },
    });
  });
});

describe('a later check', () => {
  const state = { outcome: 'waiting', campaign: { ...input, notifications: 9 }, checks: 4, isSwept: true };

  it('takes what was accepted', () => {
    expect(parse(input, { ...state, failures: 1 })).toMatchObject({
      before: { checks: 4, isSwept: true, failures: 1 },
      input: { valid: true, campaign: { notifications: 9 } },
    });
  });

  it('takes the input where the state has none that could be read', () => {
    expect(parse(input, { ...state, campaign: { notifications: 0 } })).toMatchObject({
      before: { checks: 4 },
      input: { valid: true, campaign: input },
    });
  });
});

describe('an input that cannot be tracked', () => {
  const example =
    'The input must be a JSON object such as {"campaignId": "spring-2027", "notifications": 50}.';

  it.each([
    ['nothing', undefined, example],
    ['null', null, example],
    ['text', 'spring', example],
    ['no campaign id', { notifications: 3 }, '"campaignId" is missing from the input.'],
    [
      'a campaign id with a space',
      { ...input, campaignId: 'spring 2027' },
      '"campaignId" of the input must be 1 to 76 characters of A-Z, a-z, 0-9, "_" and "-".',
    ],
    ['no number', { campaignId: 'spring' }, '"notifications" is missing from the input.'],
    ['no notification', { ...input, notifications: 0 }, '"notifications" of the input must be at least 1.'],
    [
      'too many',
      { ...input, notifications: 100_001 },
      '"notifications" of the input must be at most 100000.',
    ],
    ['half of one', { ...input, notifications: 0.5 }, '"notifications" of the input must be a whole number.'],
    [
      'a deadline in words',
      { ...input, deadlineSeconds: 'a day' },
      '"deadlineSeconds" of the input must be a whole number.',
    ],
  ])('is one with %s', (_, given, message) => {
    expect(parse(given).input).toMatchObject({ valid: false, rejected: { message } });
  });

  it('keeps what of it is usable', () => {
    expect(parse({ ...input, deadlineSeconds: 0 }).input).toEqual({
      valid: false,
      rejected: { ...input, message: '"deadlineSeconds" of the input must be at least 1.' },
    });
  });
});

describe('a deadline that outlives the summaries', () => {
  const day = 86_400;
  /** With the hour that a campaign may wait after its deadline. */
  const tooLong = { ...input, deadlineSeconds: 7 * day - 3_600 };

  it('is refused, with the field, its value and what to do', () => {
    expect(parse(tooLong, tooLong, 7).input).toEqual({
      valid: false,
      rejected: {
        ...input,
        message:
          '"deadlineSeconds" of the input is 601200: summaries of notifications would expire before the campaign ends, which may be an hour after its deadline. Shorten the deadline, or lengthen the tracker\'s retention, which is 7 days.',
      },
    });
  });

  it('is taken where it is a second shorter', () => {
    const longest = { ...tooLong, deadlineSeconds: tooLong.deadlineSeconds - 1 };

    expect(parse(longest, longest, 7).input).toEqual({ valid: true, campaign: longest });
  });

  it('is refused at the first check that could run, after some that failed', () => {
    const state = { outcome: 'waiting', failures: 2 };

    expect(parse(tooLong, state, 7).input).toMatchObject({ valid: false });
  });

  it('is no reason to give up a campaign that was accepted before', () => {
    const state = { outcome: 'waiting', campaign: tooLong, checks: 4 };

    expect(parse(tooLong, state, 7).input).toEqual({ valid: true, campaign: tooLong });
  });
});
