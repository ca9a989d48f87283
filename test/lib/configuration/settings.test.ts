import { Duration, Lazy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { capacityOf } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import type { DeliveryTrackerProps } from '../../../lib/configuration/delivery-tracker-props.ts';
import { settingsFrom } from '../../../lib/configuration/settings.ts';

const { seconds, minutes, hours, days, millis } = Duration;

/** What `settingsFrom` says of props that cannot work. */
function refusalOf(props: object): { code: string; message: string } {
  try {
    settingsFrom(props as DeliveryTrackerProps);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the props were accepted');
}

it('has defaults for everything', () => {
  expect(settingsFrom({})).toEqual({
    host: 'https://platform.kore.ai',
    apiScope: 'app-builder',
    bots: {},
    eventSource: 'notification-delivery-tracker',
    schedule: { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 130 },
    callLimits: { short: { seconds: 60, calls: 600 }, long: { seconds: 3_600, calls: 18_000 } },
    deadlineSeconds: 86_400,
    notFoundGraceSeconds: 600,
    retentionDays: 90,
    announcesFailures: false,
  });
});

it('has a default for each part of the schedule by itself', () => {
  expect(settingsFrom({ schedule: { floor: seconds(6) } }).schedule).toEqual({
    floorSeconds: 6,
    checkWorthSeconds: 4,
    capSeconds: 130,
  });
});

describe('the pace', () => {
  it.each([
    ['prompt', 1],
    ['balanced', 4],
    ['thrifty', 16],
  ] as const)('%s makes a check worth %d s of lag, and leaves floor and cap alone', (pace, worth) => {
    expect(settingsFrom({ pace }).schedule).toEqual({
      floorSeconds: 5,
      checkWorthSeconds: worth,
      capSeconds: 130,
    });
  });

  it.each([
    ['', '""'],
    ['Prompt', '"Prompt"'],
    ['fast', '"fast"'],
    ['toString', '"toString"'],
    [4, '4'],
  ])('may not be %j', (pace, value) => {
    const { code, message } = refusalOf({ pace });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toBe(`pace must be "prompt" or "balanced" or "thrifty"; it is ${value}.`);
  });
});

describe('a setting of 0.1.0', () => {
  it.each([
    ['firstCheck', /^schedule\.firstCheck is no setting any more\. Leave it out: the first check is planned/],
    [
      'checkWorth',
      /^schedule\.checkWorth is no setting any more\. Choose a pace: "prompt" or "balanced" or "thrifty"\.$/,
    ],
  ])('%s is refused with what to do in its place', (prop, sentence) => {
    const { code, message } = refusalOf({ schedule: { [prop]: seconds(35) } });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(sentence);
  });

  it('may be there without a value', () => {
    const schedule = { firstCheck: undefined, checkWorth: undefined };
    expect(settingsFrom({ schedule } as DeliveryTrackerProps)).toEqual(settingsFrom({}));
  });
});

describe('the host', () => {
  it.each([
    ['https://kore.example.com', 'https://kore.example.com'],
    ['https://kore.example.com/', 'https://kore.example.com'],
    ['https://kore.example.com:8443', 'https://kore.example.com:8443'],
    ['HTTPS://Kore.Example.com:443', 'https://kore.example.com'],
  ])('%s is taken as the origin %s', (host, origin) => {
    expect(settingsFrom({ host }).host).toBe(origin);
  });

  it.each(['http://127.0.0.1:8080', 'http://127.0.0.53', 'http://localhost:8080', 'http://[::1]:8080'])(
    'may be the loopback address %s without encryption',
    (host) => {
      expect(settingsFrom({ host }).host).toBe(host);
    },
  );

  it.each(['', 'platform', 'platform.kore.ai', 'https://'])('"%s" is refused for not being a URL', (host) => {
    const { code, message } = refusalOf({ host });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^host must be a URL\b/);
    expect(message).toContain(`it is "${host}"`);
  });

  it.each([
    'http://platform.kore.ai',
    'http://10.0.0.1',
    'http://128.0.0.1',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://platform.kore.ai',
  ])('%s is refused, as the token would travel in the clear', (host) => {
    const { code, message } = refusalOf({ host });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^host must be https\b/);
    expect(message).toContain(`it is "${host}"`);
  });

  it.each([
    'https://platform.kore.ai/api',
    'https://platform.kore.ai/?region=eu',
    'https://platform.kore.ai/#top',
  ])('%s is refused for what follows the origin, which the message offers', (host) => {
    const { code, message } = refusalOf({ host });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^host must be an origin\b/);
    expect(message).toContain(`it is "${host}"`);
    expect(message).toContain('Use "https://platform.kore.ai"');
  });

  // secretlint-disable-next-line
  it.each(['https://user:hunter2@platform.kore.ai', 'https://hunter2@platform.kore.ai/api'])(
    '%s is refused for its credentials, which the message does not repeat',
    (host) => {
      const { code, message } = refusalOf({ host });
      expect(code).toBe('INVALID_CONFIGURATION');
      expect(message).toMatch(/^host must not hold a user name or password/);
      expect(message).not.toContain('hunter2');
    },
  );
});

describe('the API scope', () => {
  it.each(['app-builder', 'admin-console'] as const)('may be %s', (apiScope) => {
    expect(settingsFrom({ apiScope }).apiScope).toBe(apiScope);
  });

  it.each(['', 'App Builder', 'admin'])('may not be "%s"', (apiScope) => {
    const { code, message } = refusalOf({ apiScope });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^apiScope must be\b/);
    expect(message).toContain(`it is "${apiScope}"`);
  });
});

describe('the default stream id', () => {
  it('is kept as it is', () => {
    expect(settingsFrom({ defaultStreamId: 'st-736ff917' }).defaultStreamId).toBe('st-736ff917');
  });

  it('may be known only at deployment', () => {
    const defaultStreamId = Lazy.string({ produce: () => 'st-1' });
    expect(settingsFrom({ defaultStreamId }).defaultStreamId).toBe(defaultStreamId);
  });

  it.each(['', '../admin', 'st 1', 'st-1/x', 's'.repeat(77)])('may not be "%s"', (defaultStreamId) => {
    const { code, message } = refusalOf({ defaultStreamId });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^defaultStreamId must be\b/);
    expect(message).toContain(`it is "${defaultStreamId}"`);
  });
});

describe('bots', () => {
  const bots = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`st-${index}`, { host: 'https://bots.example.com' }]),
    );

  it('may be 64', () => {
    expect(Object.keys(settingsFrom({ bots: bots(64) }).bots)).toHaveLength(64);
  });

  it('may not be more', () => {
    expect(refusalOf({ bots: bots(65) })).toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: 'bots names 65 bots and can name 64. Give the others a tracker of their own.',
    });
  });
});

describe('the event source', () => {
  it.each(['com.example/delivery_tracker-1', 'x'.repeat(256)])('may be %s', (eventSource) => {
    expect(settingsFrom({ eventSource }).eventSource).toBe(eventSource);
  });

  it.each(['', 'aws.states', 'my tracker', 'tracker*', 'x'.repeat(257)])('may not be "%s"', (eventSource) => {
    const { code, message } = refusalOf({ eventSource });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^eventSource must be\b/);
    expect(message).toContain(`it is "${eventSource}"`);
  });
});

describe('the call limits', () => {
  const window = (perMinute: number, perHour: number) => ({
    short: { seconds: 60, calls: perMinute },
    long: { seconds: 3_600, calls: perHour },
  });

  it.each([
    [{}, window(600, 18_000)],
    [{ perMinute: 15 }, window(15, 18_000)],
    [{ perHour: 600 }, window(600, 600)],
    [{ perMinute: 15, perHour: 15 }, window(15, 15)],
    [{ perMinute: 600, perHour: 18_000 }, window(600, 18_000)],
  ])('may be %j', (callLimits, windows) => {
    expect(settingsFrom({ callLimits }).callLimits).toEqual(windows);
  });

  it('leave a call for every slot, however low they are', () => {
    const { callLimits } = settingsFrom({ callLimits: { perMinute: 15, perHour: 15 } });
    const { callsInSlot, callsInSpan } = capacityOf(callLimits);
    expect(callsInSlot).toBeGreaterThan(0);
    expect(callsInSpan).toBeGreaterThan(0);
  });

  it.each([0, -1, 14, 15.5, 601, 10_000, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuse %d in a minute, and say which are possible',
    (perMinute) => {
      const { code, message } = refusalOf({ callLimits: { perMinute } });
      expect(code).toBe('INVALID_CONFIGURATION');
      expect(message).toMatch(/^callLimits\.perMinute must be a whole number from 15 to 600\b/);
      expect(message).toContain(`it is ${perMinute}.`);
    },
  );

  it.each([0, -1, 599, 700.5, 18_001, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuse %d in an hour, and say which are possible',
    (perHour) => {
      const { code, message } = refusalOf({ callLimits: { perHour } });
      expect(code).toBe('INVALID_CONFIGURATION');
      expect(message).toMatch(/^callLimits\.perHour must be a whole number from 600 to 18000\b/);
      expect(message).toContain(`it is ${perHour}.`);
    },
  );

  it('refuse fewer in an hour than in a minute', () => {
    const { message } = refusalOf({ callLimits: { perMinute: 100, perHour: 99 } });
    expect(message).toMatch(/^callLimits\.perHour must be a whole number from 100 to 18000\b/);
  });

  it.each(['perMinute', 'perHour'])('refuse %s that is known only at deployment', (name) => {
    const { code, message } = refusalOf({ callLimits: { [name]: Lazy.number({ produce: () => 300 }) } });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toContain(`callLimits.${name} must be known at synth`);
  });
});

describe('a duration in seconds', () => {
  const places: [prop: string, propsWith: (duration: Duration) => object][] = [
    ['schedule.floor', (floor) => ({ schedule: { floor } })],
    ['schedule.cap', (cap) => ({ schedule: { cap } })],
    ['deadline', (deadline) => ({ deadline })],
    ['notFoundGrace', (notFoundGrace) => ({ notFoundGrace })],
  ];

  describe.each(places)('%s', (prop, propsWith) => {
    it.each([
      [seconds(0), '0'],
      [seconds(2.5), '2.5'],
      [millis(900), '0.9'],
      [days(366), '31622400'],
    ])('is refused when it is %s', (duration, value) => {
      const { code, message } = refusalOf(propsWith(duration));
      expect(code).toBe('INVALID_CONFIGURATION');
      expect(message.startsWith(`${prop} must be whole seconds`)).toBe(true);
      expect(message).toContain(`it is ${value} s`);
    });
  });

  it('may be written in any unit', () => {
    const { schedule, deadlineSeconds, notFoundGraceSeconds } = settingsFrom({
      schedule: { floor: millis(8_000), cap: minutes(5) },
      deadline: days(2),
      notFoundGrace: hours(1),
    });
    expect(schedule).toMatchObject({ floorSeconds: 8, capSeconds: 300 });
    expect(deadlineSeconds).toBe(172_800);
    expect(notFoundGraceSeconds).toBe(3_600);
  });
});

describe('the retention', () => {
  it('is longer than the deadline, so that no row expires before the final event', () => {
    const { code, message } = refusalOf({ retention: days(1), deadline: hours(24) });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toContain('they are 1 day and 1 day.');
  });

  it('is at least a day', () => {
    expect(settingsFrom({ retention: days(1), deadline: hours(6) }).retentionDays).toBe(1);
  });

  it.each([
    [days(0), '0 days'],
    [hours(1), '1 hour'],
    [hours(36), '1 day 12 hours'],
  ])('is refused when it is %s, and says so in the units of people', (retention, text) => {
    const { code, message } = refusalOf({ retention });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/^retention must be whole days\b/);
    expect(message).toContain(`it is ${text}.`);
  });
});

describe('the deadline', () => {
  it('may be shorter than any wait: the first check then comes with it', () => {
    expect(settingsFrom({ deadline: seconds(1) }).deadlineSeconds).toBe(1);
  });
});

describe('the number of checks that a configuration allows', () => {
  // Check n is due after 10 n seconds; the last call may queue for an hour beyond the deadline.
  const everyTenSeconds = { floor: seconds(10), cap: seconds(10) };

  it('may be 2,000', () => {
    const props = { schedule: everyTenSeconds, deadline: seconds(16_380) };
    expect(() => settingsFrom(props)).not.toThrow();
  });

  it('may not be more, and the message names the knobs with their values', () => {
    const { code, message } = refusalOf({ schedule: everyTenSeconds, deadline: seconds(16_381) });
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/more than 2000 checks/);
    expect(message).toContain('deadline of 16381 s');
    expect(message).toContain('schedule.cap (10 s)');
    expect(message).not.toContain('announceFailures');
  });

  it('may be 1,200 where each may announce failures', () => {
    const props = { announceFailures: true, schedule: everyTenSeconds, deadline: seconds(8_380) };
    expect(() => settingsFrom(props)).not.toThrow();
  });

  it('may not be more there, and the message says that less would do without announcements', () => {
    const props = { announceFailures: true, schedule: everyTenSeconds, deadline: seconds(8_381) };
    const { code, message } = refusalOf(props);
    expect(code).toBe('INVALID_CONFIGURATION');
    expect(message).toMatch(/more than 1200 checks/);
    expect(message).toContain('deadline of 8381 s');
    expect(message).toMatch(/or leave announceFailures out\.$/);
  });
});

describe('the cap', () => {
  it('lowers a floor that lies above it', () => {
    const { schedule } = settingsFrom({ schedule: { floor: seconds(60), cap: seconds(50) } });
    expect(schedule).toMatchObject({ floorSeconds: 50, capSeconds: 50 });
  });

  it('leaves a floor below it alone', () => {
    const { schedule } = settingsFrom({ schedule: { floor: seconds(10), cap: seconds(300) } });
    expect(schedule).toMatchObject({ floorSeconds: 10, capSeconds: 300 });
  });
});

describe('the warm throughput', () => {
  it.each([undefined, 4_000, 16_000])('may be %s', (warmWriteThroughput) => {
    expect(settingsFrom({ warmWriteThroughput } as DeliveryTrackerProps).warmWriteThroughput).toBe(
      warmWriteThroughput,
    );
  });

  it.each([0, 3_999, 4_000.5, Number.NaN])('may not be %d', (warmWriteThroughput) => {
    expect(refusalOf({ warmWriteThroughput })).toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.stringContaining('warmWriteThroughput must be a whole number from 4000'),
    });
  });
});
