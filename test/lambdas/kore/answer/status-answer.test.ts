import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatusAnswer } from '../../../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { obstacleOf } from '../../obstacle-of.ts';

const body = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({ status: 'IN_PROGRESS', statusLogs: [], ...fields });

const refusal = (text: string) => obstacleOf(() => parseStatusAnswer(text));

describe('the status', () => {
  it.each(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE', 'IN_PROGRESS', 'QUEUED'])('is %s as sent', (status) => {
    expect(parseStatusAnswer(body({ status })).status).toBe(status);
  });

  it('is upper case, without surrounding space', () => {
    expect(parseStatusAnswer(body({ status: ' success\n' })).status).toBe('SUCCESS');
  });

  it.each(['JOHN_DOE', 'waiting for john.doe@example.com', '42'])(
    'is UNKNOWN where it is not listed: %s',
    (text) => {
      expect(parseStatusAnswer(body({ status: text })).status).toBe('UNKNOWN');
    },
  );
});

describe('a synonym of an end', () => {
  it.each([
    ['partial success', 'PARTIAL_SUCCESS'],
    ['Partial-Success', 'PARTIAL_SUCCESS'],
    ['PARTIALLY SUCCESSFUL', 'PARTIAL_SUCCESS'],
    ['FAILED', 'FAILURE'],
    ['succeeded', 'SUCCESS'],
  ])('%s is %s', (status, word) => {
    expect(parseStatusAnswer(body({ status })).status).toBe(word);
  });

  it.each([
    [['SUCCESS', 'SUCCESS'], 'SUCCESS'],
    [['SUCCESS', 'FAILED'], 'PARTIAL_SUCCESS'],
    [['FAILURE', 'FAILED'], 'FAILURE'],
    [[], 'SUCCESS'],
  ])('COMPLETED with the logs %j is %s', (statuses, word) => {
    const statusLogs = statuses.map((status, index) => ({ _id: `nl-${index}`, status }));

    expect(parseStatusAnswer(body({ status: 'COMPLETED', statusLogs })).status).toBe(word);
  });

  it.each(['constructor', '__proto__', 'toString'])('is not a name that every object has: %s', (status) => {
    expect(parseStatusAnswer(body({ status })).status).toBe('UNKNOWN');
  });
});

describe('an end', () => {
  it('needs no logs', () => {
    expect(parseStatusAnswer('{"status":"SUCCESS"}')).toEqual({ status: 'SUCCESS', entries: [] });
  });
});

describe('signs of further pages', () => {
  it.each([
    [{ hasMore: true }, ['hasMore']],
    [{ nextToken: 'abc', cursor: 1 }, ['nextToken', 'cursor']],
    [{ hasMore: false, next: null, nextPage: '' }, undefined],
    [{ nextOfKin: 'john.doe@example.com' }, undefined],
  ])('of %j are %j', (fields, pageSigns) => {
    expect(parseStatusAnswer(body(fields)).pageSigns).toEqual(pageSigns);
  });
});

describe('the entries', () => {
  it('are those of statusLogs, unknown fields included', () => {
    const statusLogs = [
      { _id: 'nl-1', originalId: 'john.doe@example.com', status: 'SUCCESS', __v: 0, brandNew: { deep: [1] } },
      { _id: 'nl-2', status: 'FAILURE', comments: 'Identity is not associated with the channel' },
    ];
    expect(parseStatusAnswer(body({ statusLogs })).entries).toEqual(statusLogs);
  });

  it('may be anything', () => {
    const statusLogs = [null, 'text', 7, [], {}, true];
    expect(parseStatusAnswer(body({ statusLogs })).entries).toEqual(statusLogs);
  });

  it('are read beside fields that nobody knows', () => {
    expect(parseStatusAnswer(body({ count: 2, percentageComplete: 50, future: {} }))).toEqual({
      status: 'IN_PROGRESS',
      entries: [],
      announced: 2,
    });
  });

  it.each([0, -1, 1.5, '2', 20_001, null])('are not announced by a count of %s', (count) => {
    expect(parseStatusAnswer(body({ count }))).not.toHaveProperty('announced');
  });

  it('come through as Kore sent them, a number as itself or as its text', () => {
    const numbersAsText = (value: unknown) =>
      JSON.stringify(value, (_key, inner) => (typeof inner === 'number' ? String(inner) : inner));
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (statusLogs) => {
        const text = body({ statusLogs });
        const { entries } = parseStatusAnswer(text);
        expect(numbersAsText(entries)).toBe(numbersAsText(JSON.parse(text).statusLogs));
      }),
    );
  });
});

describe('a number in an entry', () => {
  const numberFrom = (source: string) =>
    parseStatusAnswer(`{"status":"SUCCESS","statusLogs":[${source}]}`).entries[0];

  it.each([
    ['0', 0],
    ['0.0', 0],
    ['7', 7],
    ['-7.25', -7.25],
    ['0.1', 0.1],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['1E-7', 1e-7],
    ['1748238802883', 1_748_238_802_883],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['-9007199254740991', Number.MIN_SAFE_INTEGER],
    ['123456789.1234567', 123_456_789.123_456_7],
  ])('is a number where a double holds %s', (source, number) => {
    expect(numberFrom(source)).toBe(number);
  });

  it.each([
    '9007199254740993',
    '12345678901234567890',
    '0.12345678901234567890123',
    '1e21',
    '1e200',
    '-1e200',
    '1e400',
    '1e-131',
    '5e-324',
    '1e-400',
    '123456789012345678901234567890123456789012345',
  ])('is the text that Kore sent where a double or the table cannot hold %s', (source) => {
    expect(numberFrom(source)).toBe(source);
  });

  it('is left alone inside a text', () => {
    expect(numberFrom('{"phone":"12345678901234567890"}')).toEqual({ phone: '12345678901234567890' });
  });
});

describe('an answer that cannot be read', () => {
  it.each(['', 'oops', '<html>john.doe@example.com</html>', '{"status":"SUCCESS"'])(
    'is no JSON: %j',
    (text) => {
      const { code, message } = refusal(text);
      expect(code).toBe('KORE_ANSWER_INVALID');
      expect(message).toContain(`not readable JSON (${text.length} characters)`);
      expect(message).not.toContain('john.doe');
    },
  );

  it.each([
    ['the body', 'null'],
    ['the body', '[]'],
    ['the body', '"john.doe@example.com"'],
    ['"status"', '{"statusLogs":[]}'],
    ['"status"', '{"status":["john.doe@example.com"],"statusLogs":[]}'],
    ['"status"', '{"status":1,"statusLogs":[]}'],
    ['"statusLogs"', '{"status":"IN_PROGRESS"}'],
    ['"statusLogs"', '{"status":"SUCCESS","statusLogs":null}'],
    ['"statusLogs"', '{"status":"SUCCESS","statusLogs":{"john.doe@example.com":1}}'],
  ])('names %s, and nothing of its value, in %s', (field, text) => {
    const { code, message } = refusal(text);
    expect(code).toBe('KORE_ANSWER_INVALID');
    expect(message).toContain(`wrong shape: ${field}:`);
    expect(message).not.toContain('john.doe');
  });

  it('is an obstacle and no other error, whatever the body', () => {
    const anyAnswer = fc.record({ status: fc.jsonValue(), statusLogs: fc.jsonValue() }).map(body);
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyAnswer, fc.string()), (text) => {
        try {
          const { status, entries } = parseStatusAnswer(text);
          expect(typeof status).toBe('string');
          expect(Array.isArray(entries)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ObstacleError', obstacle: { code: 'KORE_ANSWER_INVALID' } });
        }
      }),
    );
  });
});

it('cuts what is nested too deeply, and keeps everything beside it', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"status":"SUCCESS","statusLogs":[{"_id":"nl-1","x":${deep}},{"_id":"nl-2"}]}`;

  const { status, entries } = parseStatusAnswer(body);

  expect(status).toBe('SUCCESS');
  expect(JSON.stringify(entries[0])).toMatch(/^{"_id":"nl-1","x":\[+"\[nested too deeply\]"\]+}$/);
  expect(entries[1]).toEqual({ _id: 'nl-2' });
});

it('keeps the long numbers of all logs where one of them is nested too deeply', () => {
  const deep = `${'{"x":'.repeat(100_000)}98765432109876543210${'}'.repeat(100_000)}`;
  const log = `{"_id":"nl-1","long":12345678901234567890,"x":${deep}}`;
  const other = '{"_id":"nl-2","long":12345678901234567890}';

  const { entries } = parseStatusAnswer(`{"status":"SUCCESS","statusLogs":[${log},${other}]}`);

  expect(entries[0]).toMatchObject({ _id: 'nl-1', long: '12345678901234567890' });
  expect(entries[1]).toEqual({ _id: 'nl-2', long: '12345678901234567890' });
});

describe('a log', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  const read = (log: string) => {
    const { entries } = parseStatusAnswer(`{"status":"SUCCESS","statusLogs":[${log},{"_id":"nl-2"}]}`);
    expect(entries[1]).toEqual({ _id: 'nl-2' });
    return JSON.stringify(entries[0]);
  };

  it('is kept whole down to 30 levels', () => {
    expect(read(nested(30))).toBe(nested(30));
  });

  it.each([31, 32, 900])('is cut below 30 of its %i levels', (levels) => {
    expect(read(nested(levels))).toBe(nested(30).replace('[]', '["[nested too deeply]"]'));
  });

  it('is cut in each place where it is too deep, and nowhere else', () => {
    const siblings = (inner: string) => `${'['.repeat(29)}[${inner},7,${inner}]${']'.repeat(29)}`;
    expect(read(siblings('{"a":[1,"]}",2]}'))).toBe(siblings('"[nested too deeply]"'));
  });

  it.each(['[[[[', '\\"]]]]', ',,,,{{{{', '\\\\', '"'])('may have a text with %s in it', (text) => {
    expect(read(JSON.stringify({ text, after: [1] }))).toBe(JSON.stringify({ text, after: [1] }));
  });
});

it('is no JSON where it ends in the middle of what is too deep', () => {
  expect(refusal(`{"status":"SUCCESS","statusLogs":[${'['.repeat(50)}`).message).toContain(
    'not readable JSON',
  );
});

it('reads 1,000 logs with 400 commas in a text of each', () => {
  const statusLogs = Array.from({ length: 1_000 }, (_, i) => ({ _id: `nl-${i}`, comments: ','.repeat(400) }));

  expect(parseStatusAnswer(body({ statusLogs })).entries).toEqual(statusLogs);
});

it.each([
  ['400,000 values', '{},'.repeat(400_000), '400000 values'],
  ['20,000 logs', '{},'.repeat(20_000), '20000 logs'],
])('refuses more than %s, which would take more memory than there is', (_, values, named) => {
  const { code, message } = refusal(`{"status":"SUCCESS","statusLogs":[${values}{}]}`);

  expect(code).toBe('KORE_ANSWER_INVALID');
  expect(message).toContain(named);
});

it('reads 20,000 logs of ten values each', () => {
  const log = JSON.stringify({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10 });
  const { entries } = parseStatusAnswer(
    `{"status":"SUCCESS","statusLogs":[${Array(20_000).fill(log).join()}]}`,
  );

  expect(entries).toHaveLength(20_000);
});
