import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotRule } from '../../../contract/tracking-input.ts';
import { parseInvocation } from '../../../lambdas/check-delivery/invocation/invocation.ts';

const execution = {
  id: 'arn:aws:states:eu-central-1:123456789012:execution:DeliveryTracker:ds-1',
  name: 'ds-1',
  startedAt: '2026-05-26T05:53:22.883Z',
};
const NOTHING_YET = {
  checks: 0,
  counts: { total: 0, delivered: 0, failed: 0 },
  channels: [],
  seenSeconds: 0,
};

type Tracker = Partial<BotRule>;
const rule = (tracker: Tracker = {}): BotRule => ({ apiScope: 'app-builder', ...tracker });
const trackingOf = (state: unknown, tracker?: Tracker) =>
  parseInvocation({ execution, state }, rule(tracker)).tracking;
function messageOf(state: unknown, tracker?: Tracker): string {
  const tracking = trackingOf(state, tracker);
  if (tracking.valid) throw new Error('the input was accepted');
  return tracking.message;
}

const request = { requestId: 'ds-1', streamId: 'st-1', recipients: 250, correlationId: 'order-42' };
const progress = {
  checks: 3,
  status: 'IN_PROGRESS',
  counts: { total: 7, delivered: 5, failed: 2 },
  channels: ['ivr'],
  seenSeconds: 61.5,
  savedDigest: 'abc',
};

it('hands the execution on as it is', () => {
  expect(parseInvocation({ execution, state: request }, rule()).execution).toEqual(execution);
});

it.each([undefined, null, {}, { state: request }, { execution: { id: 'a' }, state: request }])(
  'takes no event without an execution: %j',
  (event) => {
    expect(() => parseInvocation(event, rule())).toThrow();
  },
);

describe('the first check', () => {
  it('finds the request in the input, and knows nothing yet', () => {
    expect(trackingOf(request)).toEqual({ valid: true, request, progress: NOTHING_YET });
  });

  it('needs no more than the ids', () => {
    const ids = { requestId: 'ds-1', streamId: 'st-1' };
    expect(trackingOf(ids)).toEqual({ valid: true, request: ids, progress: NOTHING_YET });
  });

  it('passes over fields that nobody knows', () => {
    expect(trackingOf({ ...request, store: { identitiesCount: 2 } })).toMatchObject({ request });
    expect(trackingOf({ ...request, secretNote: 'x' })).not.toHaveProperty('request.secretNote');
  });
});

describe('a later check', () => {
  it('goes on from what the one before it returned', () => {
    const before = { outcome: 'waiting', nextCheckAt: '2026-05-26T05:54:00Z', request, progress };
    expect(trackingOf(before)).toEqual({ valid: true, request, progress });
  });

  it('goes on after an obstacle', () => {
    const before = { outcome: 'waiting', request, progress, obstacle: 'KORE_UNREACHABLE' };
    expect(trackingOf(before)).toEqual({ valid: true, request, progress });
  });

  it('goes on from what an earlier release knew', () => {
    const before = { outcome: 'waiting', request, progress: { checks: 2 } };
    expect(trackingOf(before)).toMatchObject({ valid: true, progress: { ...NOTHING_YET, checks: 2 } });
  });

  it('passes over what a later release knew, so that a deployment can be taken back', () => {
    const before = { outcome: 'waiting', request, progress: { ...progress, later: 1 }, later: 1 };
    expect(trackingOf(before)).toEqual({ valid: true, request, progress });
  });

  it('goes on from any progress', () => {
    const count = fc.nat({ max: 100_000 });
    const anyProgress = fc.record(
      {
        checks: count,
        status: fc.constantFrom('IN_PROGRESS', 'QUEUED', 'UNKNOWN'),
        counts: fc.record({ total: count, delivered: count, failed: count }),
        channels: fc.subarray(['ivr', 'msteam', 'other']),
        seenSeconds: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        savedDigest: fc.string(),
        hourlyWaitSeconds: count,
      },
      { requiredKeys: ['checks', 'counts', 'channels', 'seenSeconds'] },
    );
    fc.assert(
      fc.property(anyProgress, (any) => {
        const state = JSON.parse(JSON.stringify({ outcome: 'waiting', request, progress: any }));
        expect(trackingOf(state)).toEqual({ valid: true, request, progress: any });
      }),
    );
  });
});

it('takes no word from a state of an earlier release that is not listed', () => {
  const final = { status: 'JANE_DOE', seenSeconds: 1, checks: 0, expected: 0 };
  const earlier = { ...progress, status: 'JANE_DOE', channels: ['john', 'ivr', 'jane'], final };

  expect(trackingOf({ outcome: 'waiting', request, progress: earlier })).toMatchObject({
    progress: { checks: 3, status: 'UNKNOWN', channels: ['ivr', 'other'], final: { status: 'UNKNOWN' } },
  });
});

it('keeps what it can read of a final status', () => {
  const earlier = { ...progress, final: { status: 'SUCCESS', seenSeconds: 1 } };

  expect(trackingOf({ outcome: 'waiting', request, progress: earlier })).toMatchObject({
    progress: { checks: 3, final: { status: 'SUCCESS', seenSeconds: 1, checks: 0, expected: 0 } },
  });
});

describe('a request that a check has accepted', () => {
  const again = (state: object, input: unknown, tracker: Tracker = {}) =>
    parseInvocation({ execution, input, state }, rule(tracker)).tracking;

  it('keeps its bot where the tracker has another default now, or none', () => {
    const state = { outcome: 'waiting', request: { requestId: 'ds-1', streamId: 'st-old' }, progress };

    expect(again(state, { requestId: 'ds-1' })).toMatchObject({
      valid: true,
      request: { streamId: 'st-old' },
    });
    expect(again(state, { requestId: 'ds-1' }, { defaultStreamId: 'st-new' })).toMatchObject({
      request: { streamId: 'st-old' },
    });
  });

  it('stays accepted where 0.1.0 took an id that is refused now', () => {
    const request = { requestId: 'ds-1--2', streamId: 'st-1' };

    expect(trackingOf({ outcome: 'waiting', request, progress })).toMatchObject({ valid: true, request });
    expect(trackingOf(request)).toMatchObject({ valid: false });
  });

  it('is not there before a check: an input that looks like a state is an input', () => {
    const input = { outcome: 'waiting', request, progress };

    expect(again(input, input)).toMatchObject({ valid: false });
    expect(again({ outcome: 'waiting', request: { requestId: 'ds-9' }, failures: 1 }, request)).toMatchObject(
      {
        request: { requestId: 'ds-1' },
        failures: 1,
      },
    );
  });
});

describe('failures', () => {
  const announces = (payload: object) =>
    parseInvocation({ execution, input: request, state: request, ...payload }, rule()).announces;

  it('are announced where the state machine says so, and not otherwise', () => {
    expect(announces({ announces: true })).toBe(true);
    for (const other of [{}, { announces: false }, { announces: 'true' }, { announces: null }]) {
      expect(announces(other)).toBe(false);
    }
  });

  it('that were announced are known to the next check', () => {
    const before = { outcome: 'waiting', request, progress: { ...progress, announced: 'abcdefgh' } };
    expect(trackingOf(before)).toMatchObject({ progress: { announced: 'abcdefgh' } });
  });

  it.each([null, 7, {}, []])(
    'count as not announced where it reads %j, and nothing else is lost',
    (announced) => {
      const before = { outcome: 'waiting', request, progress: { ...progress, announced } };
      expect(trackingOf(before)).toEqual({ valid: true, request, progress });
    },
  );
});

describe('a reserved call', () => {
  const before = { outcome: 'waiting', request, progress };

  it('is found by the check that it was reserved for', () => {
    const reservation = { slot: 355_906_321, number: 7 };
    expect(trackingOf({ ...before, reservation })).toEqual({ valid: true, request, progress, reservation });
  });

  it('is not there at the first check', () => {
    expect(trackingOf(request)).toMatchObject({ valid: true, reservation: undefined });
  });

  it('is not taken from the input of an execution', () => {
    const reservation = { slot: 355_906_321, number: 7 };
    expect(trackingOf({ ...request, reservation })).toMatchObject({ valid: true, reservation: undefined });
  });

  it.each([null, 7, 'slot', [], {}, { slot: 1 }, { slot: '1', number: 1 }, { slot: 1.5, number: 1 }])(
    'is done without where it reads %j, and the tracking goes on',
    (reservation) => {
      expect(trackingOf({ ...before, reservation })).toEqual({
        valid: true,
        request,
        progress,
        reservation: undefined,
      });
    },
  );

  it('is kept where the progress cannot be read', () => {
    const reservation = { slot: 1, number: 1 };
    expect(trackingOf({ ...before, progress: 'lost', reservation })).toEqual({
      valid: true,
      request,
      progress: NOTHING_YET,
      reservation,
    });
  });
});

describe('the bot', () => {
  const withoutBot = { requestId: 'ds-1' };

  it('is that of the input before the default', () => {
    expect(trackingOf(request, { defaultStreamId: 'st-default' })).toMatchObject({ request });
  });

  it('is the default where the input names none', () => {
    expect(trackingOf(withoutBot, { defaultStreamId: 'st-default' })).toMatchObject({
      valid: true,
      request: { requestId: 'ds-1', streamId: 'st-default' },
    });
  });

  it('is missed where the scope needs one', () => {
    expect(trackingOf(withoutBot)).toEqual({
      valid: false,
      input: withoutBot,
      requestId: 'ds-1',
      message: '"streamId" is missing and the tracker has no default. Add it to the input.',
    });
  });

  it('is not missed where the scope needs none', () => {
    expect(trackingOf(withoutBot, { apiScope: 'admin-console' })).toEqual({
      valid: true,
      request: { requestId: 'ds-1' },
      progress: NOTHING_YET,
    });
  });
});

describe('an input that cannot be tracked', () => {
  it.each([undefined, null, 'ds-1', 7, []])('is one that is no object: %j', (state) => {
    expect(trackingOf(state)).toEqual({
      valid: false,
      input: state,
      message: expect.stringContaining('must be a JSON object such as {"requestId"'),
    });
  });

  it('is one without a request id', () => {
    expect(trackingOf({ streamId: 'st-1' })).toEqual({
      valid: false,
      input: { streamId: 'st-1' },
      message: '"requestId" is missing from the input.',
    });
  });

  it.each(['', 'ds 1', 'ds/1', '../ds-1', 'ds-1?x', 'ds-é', 'ds-1\n', 'd'.repeat(77)])(
    'is one with the request id %j',
    (requestId) => {
      const tracking = trackingOf({ ...request, requestId });
      expect(tracking).toMatchObject({ valid: false });
      expect(tracking).not.toHaveProperty('requestId');
      expect(messageOf({ ...request, requestId })).toContain(
        '"requestId" of the input must be 1 to 76 characters',
      );
    },
  );

  it.each([
    ['streamId', 'st/1', 'must be 1 to 76 characters'],
    ['recipients', 0, 'must be at least 1'],
    ['recipients', 1.5, 'must be a whole number'],
    ['recipients', '250', 'must be a whole number'],
    ['correlationId', 'order 42', 'must be 1 to 128 characters'],
    ['correlationId', '', 'must be 1 to 128 characters'],
    ['campaignId', 'spring sale', 'must be 1 to 76 characters'],
    ['campaignId', null, 'must be a string'],
  ])('is one with the %s %j', (field, value, rule) => {
    const message = messageOf({ ...request, [field]: value });
    expect(message).toContain(`"${field}" of the input ${rule}`);
  });

  it('keeps its request id where that is usable', () => {
    expect(trackingOf({ ...request, recipients: 0 })).toMatchObject({ valid: false, requestId: 'ds-1' });
  });

  it('keeps its campaign where that is usable', () => {
    expect(trackingOf({ ...request, recipients: 0, campaignId: 'spring' })).toMatchObject({
      valid: false,
      campaignId: 'spring',
    });
    expect(trackingOf({ ...request, campaignId: 'spring sale' })).not.toHaveProperty('campaignId');
  });

  it('keeps its correlation id where that is usable', () => {
    const tracking = trackingOf({ ...request, recipients: 0, correlationId: 'order-42' });
    expect(tracking).toMatchObject({ valid: false, correlationId: 'order-42' });
  });

  it('does not show the value, which may be an address in the wrong field', () => {
    const message = messageOf({ ...request, correlationId: 'john.doe@example.com' });
    expect(message).not.toContain('john.doe');
  });

  it('does not show more than the beginning of a long value', () => {
    expect(messageOf({ ...request, correlationId: 'x'.repeat(100_000) }).length).toBeLessThan(400);
  });

  it('comes back as a value, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (state) => {
        const tracking = trackingOf(state);
        if (!tracking.valid) expect(tracking.message).toMatch(/\.$/);
      }),
    );
  });
});
