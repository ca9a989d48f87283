/** What the command line reads: files of ids, spans of time, histories and AWS's errors. */
import { describe, expect, it } from 'vitest';
import { parseIdsFile } from '../../cli/batch/ids-file.ts';
import { CommandError } from '../../cli/command-error.ts';
import { daysBetween } from '../../cli/text/days-between.ts';
import { parseTimeBound } from '../../cli/text/time-bound.ts';
import { asCommandError, isHopeless } from '../../cli/tracker/as-command-error.ts';
import { checkOf } from '../../cli/tracker/executions/seen-checks.ts';
import { descriptionIn } from '../../cli/tracker/find-tracker.ts';
import { ANNOUNCED_LATER, FIRST_CHECK_PLANNED } from '../../contract/state-names.ts';

const errorOf = (work: () => unknown): CommandError => {
  try {
    work();
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('a file of ids', () => {
  it('has a request id a line, with bot and recipients where they are known', () => {
    const text = '\uFEFF# of Monday\r\nds-1\r\n\r\n ds-2 , st-2 ,30\nds-3,,7\n"ds-4","st-4"\n';

    expect(parseIdsFile(text, { streamId: 'st-0' })).toEqual({
      inputs: [
        { requestId: 'ds-1', streamId: 'st-0' },
        { requestId: 'ds-2', streamId: 'st-2', recipients: 30 },
        { requestId: 'ds-3', streamId: 'st-0', recipients: 7 },
        { requestId: 'ds-4', streamId: 'st-4' },
      ],
      repeated: 0,
    });
  });

  it('may begin with a header, and repeat itself', () => {
    const text = 'requestId,streamId,recipients\nds-1,st-1\nds-1,st-1\n';

    expect(parseIdsFile(text, {})).toEqual({
      inputs: [{ requestId: 'ds-1', streamId: 'st-1' }],
      repeated: 1,
    });
  });

  it('names each wrong line, with nothing of an address', () => {
    const text =
      'ds-1\n../x\nds-2,st 2\nds-3,st-3,many\nds-4,st-4,1,2\nds-1,st-9\njohn@example.com\nds-5,st-5,0\n';

    const { code, exitStatus, message } = errorOf(() => parseIdsFile(text, {}));

    expect([code, exitStatus]).toEqual(['INVALID_IDS_FILE', 2]);
    expect(message).toContain('line 2: requestId "../x" must be 1 to 76 characters');
    expect(message).toContain('line 3: streamId "st 2" must be 1 to 76 characters');
    expect(message).toContain('line 4: recipients "many" must be a whole number');
    expect(message).toContain('line 5: it has 4 values');
    expect(message).toContain('line 6: its request id is that of line 1, with other values');
    expect(message).toContain('line 7: requestId "[address]"');
    expect(message).toContain('line 8: recipients "0" must be at least 1');
  });

  it('names ten wrong lines at most, and must hold one that is right', () => {
    expect(errorOf(() => parseIdsFile('?\n'.repeat(25), {})).message).toContain('and 15 more');
    expect(errorOf(() => parseIdsFile('# nothing\n', {})).message).toContain('it holds no request id');
  });
});

describe('a bound of time', () => {
  const NOW = Date.UTC(2026, 10, 24, 0, 30);

  it.each([
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['2 weeks', 1_209_600_000],
  ])('may be a time back: %s', (text, milliseconds) => {
    expect(NOW - parseTimeBound(text).at(NOW)).toBe(milliseconds);
  });

  it.each([
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T20:14Z', '2026-11-23T20:14:00.000Z'],
    ['2026-11-23T20:14:15.5Z', '2026-11-23T20:14:15.500Z'],
  ])('may be a time in UTC: %s', (text, moment) => {
    expect(new Date(parseTimeBound(text).at(NOW)).toISOString()).toBe(moment);
  });

  it.each(['24', '', 'yesterday', '-1h', '0h', '101y', '2026-13-01', '2026-11-23T20:00', '23.11.2026'])(
    'may not be "%s"',
    (text) => {
      expect(() => parseTimeBound(text)).toThrow(/time back with its unit/);
    },
  );

  it('goes back through days in UTC, the first and the last included', () => {
    expect([...daysBetween(NOW - 86_400_000, NOW)]).toEqual(['2026-11-24', '2026-11-23']);
    expect([...daysBetween(NOW - 60_000, NOW)]).toEqual(['2026-11-24']);
  });
});

describe('an event of a history', () => {
  const exited = (output: unknown, type = 'TaskStateExited') =>
    checkOf({
      id: 1,
      type: type as 'TaskStateExited',
      timestamp: undefined,
      stateExitedEventDetails: { name: 'Check delivery', output: JSON.stringify(output) },
    });
  const counts = { total: 9, delivered: 8, failed: 1 };

  it('tells of a check that waits', () => {
    const waiting = {
      outcome: 'waiting',
      nextCheckAt: '2026-11-23T20:14:27Z',
      request: { requestId: 'ds-1', recipients: 24 },
      progress: { checks: 3, status: 'IN_PROGRESS', counts, channels: [] },
      obstacle: 'PAUSED',
    };
    expect(exited(waiting)).toMatchObject({
      number: 3,
      status: 'IN_PROGRESS',
      counts,
      recipients: 24,
      nextCheckAt: '2026-11-23T20:14:27Z',
      obstacle: 'PAUSED',
    });
  });

  it('tells of a check whose failures are announced before it waits or ends', () => {
    const detail = { metadata: { id: 'arn#3' }, data: { requestId: 'ds-1', logIds: ['nl-1'], count: 1 } };
    const waiting = { outcome: 'waiting', nextCheckAt: '2026-11-23T20:14:27Z', progress: { checks: 3 } };
    const ended = { outcome: 'complete', detail: { data: { status: 'SUCCESS', counts, checks: 4 } } };
    const announcing = (then: object) => exited({ outcome: 'announcing', detail, then, announcedBefore: '' });
    const putOff = checkOf({
      id: 1,
      type: 'PassStateExited',
      timestamp: undefined,
      stateExitedEventDetails: { name: ANNOUNCED_LATER, output: JSON.stringify(waiting) },
    });

    expect(announcing(waiting)).toMatchObject({ tries: 3, number: 3, nextCheckAt: waiting.nextCheckAt });
    expect(putOff).toEqual(announcing(waiting));
    expect(announcing(ended)).toMatchObject({
      tries: Number.POSITIVE_INFINITY,
      number: 4,
      status: 'SUCCESS',
    });
  });

  it('tells of a first check that failed, from a state that knows nothing yet', () => {
    const failed = { outcome: 'waiting', failures: 1, nextCheckAt: '2026-11-23T20:14:27Z', request: {} };
    expect(exited(failed, 'PassStateExited')).toMatchObject({
      tries: 1,
      number: 1,
      status: undefined,
      nextCheckAt: '2026-11-23T20:14:27Z',
      obstacle: 'UNEXPECTED_ERROR',
    });
  });

  it('tells of an end without a number where checks failed to the end', () => {
    const error = { code: 'UNEXPECTED_ERROR', message: 'Checks failed.' };
    expect(exited({ outcome: 'unexpected', detail: { data: { error } } })).toMatchObject({
      number: undefined,
      error,
    });
  });

  it('tells that an end may be overruled by what was written down before', () => {
    const detail = { data: { error: { code: 'UNEXPECTED_ERROR', message: 'Checks failed.' } } };
    expect(exited({ outcome: 'unexpected', detail })).toMatchObject({ isOverruled: true });
    expect(exited({ outcome: 'failed', detail })).toMatchObject({ isOverruled: false });
  });

  it('tells of the last check', () => {
    const error = { code: 'DEADLINE_PASSED', message: 'Too late.' };
    const ended = {
      outcome: 'timed-out',
      detail: { data: { checks: 4, status: 'IN_PROGRESS', counts, error } },
    };
    expect(exited(ended)).toMatchObject({ number: 4, counts, error, obstacle: 'DEADLINE_PASSED' });
  });

  it.each([
    ['of another state', exited({ outcome: 'waiting' }, 'WaitStateExited')],
    ['with another output', exited({ anything: 1 })],
    [
      'with what is no JSON',
      checkOf({
        id: 1,
        type: 'TaskStateExited',
        timestamp: undefined,
        stateExitedEventDetails: { name: 'x', output: '{cut' },
      }),
    ],
    [
      'of the plan of the first check',
      checkOf({
        id: 1,
        type: 'TaskStateExited',
        timestamp: undefined,
        stateExitedEventDetails: {
          name: FIRST_CHECK_PLANNED,
          output: JSON.stringify({
            outcome: 'waiting',
            nextCheckAt: '2026-11-23T20:14:27Z',
            progress: { checks: 0 },
          }),
        },
      }),
    ],
    ['without an output', checkOf({ id: 1, type: 'TaskStateExited', timestamp: undefined })],
  ])('%s tells of none', (_, check) => {
    expect(check).toBeUndefined();
  });
});

describe('an output of a stack', () => {
  it('of a later release asks for an update', () => {
    const value = JSON.stringify({ kind: 'notification-delivery-tracker', version: 2 });
    expect(errorOf(() => descriptionIn(value)).code).toBe('TRACKER_TOO_NEW');
  });

  it.each([
    undefined,
    'text',
    '{}',
    '{"kind":"x"}',
    '{broken',
    '{"kind":"notification-delivery-tracker","version":1}',
  ])('%s is passed over', (value) => {
    expect(descriptionIn(value)).toBeUndefined();
  });
});

describe("an error of AWS's", () => {
  const named = (name: string, message = 'No.') => Object.assign(new Error(message), { name });

  it.each([
    [named('Error', 'Region is missing'), 'REGION_MISSING', 2],
    [named('CredentialsProviderError'), 'CREDENTIALS_MISSING', 6],
    [named('TokenProviderError'), 'CREDENTIALS_MISSING', 6],
    [named('ExpiredTokenException'), 'CREDENTIALS_EXPIRED', 6],
    [named('UnrecognizedClientException'), 'CREDENTIALS_REFUSED', 6],
    [named('AccessDeniedException'), 'NOT_PERMITTED', 6],
    [named('AuthorizationErrorException'), 'NOT_PERMITTED', 6],
    [named('KmsAccessDenied'), 'NOT_PERMITTED', 6],
    [named('StateMachineDoesNotExist'), 'TRACKER_GONE', 4],
    [named('QueueDoesNotExist'), 'TRACKER_GONE', 4],
    [named('NotFoundException'), 'TRACKER_GONE', 4],
    [named('ThrottlingException'), 'THROTTLED', 1],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'AWS_UNREACHABLE', 1],
    [named('TimeoutError'), 'AWS_UNREACHABLE', 1],
    [named('ValidationException', 'key john@example.com is wrong'), 'UNEXPECTED_ERROR', 1],
    ['thrown text', 'UNEXPECTED_ERROR', 1],
  ])('%s is told with a code of its own', (error, code, exitStatus) => {
    const told = asCommandError(error);
    expect([told.code, told.exitStatus]).toEqual([code, exitStatus]);
    expect(told.message).not.toContain('@');
  });

  it('that permits nothing says on what, so that it can be allowed', () => {
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Log';
    const message = `User: ann@example.com is not authorized to perform: dynamodb:Query on resource: ${arn} because no policy allows it`;

    const told = asCommandError(named('AccessDeniedException', message));

    expect(told.message).toBe(
      `These credentials may not call the request on ${arn}. Have it allowed in the policy of your role or user.`,
    );
  });

  it('ends a batch where every further start would meet it', () => {
    expect(isHopeless(asCommandError(named('AccessDeniedException')))).toBe(true);
    expect(isHopeless(asCommandError(named('ThrottlingException')))).toBe(false);
  });
});
