import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseCredentials } from '../../contract/credentials.ts';
import { settingsFrom } from '../../lib/configuration/settings.ts';
import { SAMPLE_REQUEST_ID, SAMPLE_STREAM_ID } from '../../local/kore/sample.ts';
import { COURSES, SCENARIOS } from '../../local/kore/scenario.ts';
import { type LocalOptions, parseOptions, UsageError } from '../../local/options.ts';
import { propsFor } from '../../local/props-for.ts';

const HOST = ['--host', 'https://kore.example.com'];
const REQUEST_ID = ['--request-id', 'ds-1'];
const STREAM_ID = ['--stream-id', 'st-1'];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'options-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function secretFile(content: string): ['--secret-file', string] {
  const file = join(mkdtempSync(join(directory, 'secret-')), 'secret.json');
  writeFileSync(file, content);
  return ['--secret-file', file];
}

function parsed(...argv: string[]): LocalOptions {
  const options = parseOptions(argv);
  if (options === undefined) throw new Error('help was asked for');
  return options;
}

function refusalOf(...argv: string[]): { code: string; message: string } {
  try {
    parseOptions(argv);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('the options were accepted');
}

describe('without options', () => {
  it('the simulator delivers to 24 recipients, some of them in vain', () => {
    const options = parsed();
    expect(options).not.toHaveProperty('host');
    expect(options).toMatchObject({ recipients: 24, scenario: 'partial', apiScope: 'app-builder' });
  });

  it('the run ends while somebody watches', () => {
    expect(parsed()).toMatchObject({ maxWaitSeconds: 3, deadlineSeconds: 60 });
  });

  it('the output is for people', () => {
    expect(parsed().json).toBe(false);
  });

  it('ids and credentials are made up, and new every time', () => {
    const [one, other] = [parsed(), parsed()];
    expect(one.requestId).toMatch(/^ds-/);
    expect(one.streamId).toMatch(/^st-/);
    expect(one.requestId).not.toBe(other.requestId);
    expect(one.streamId).not.toBe(other.streamId);
    expect(one.secret).not.toBe(other.secret);
  });

  it('the credentials are usable', () => {
    expect(parseCredentials(parsed().secret)).toMatchObject({ algorithm: 'HS256' });
  });

  it('the configuration is one that the stack accepts', () => {
    expect(settingsFrom(propsFor(parsed(), 'http://127.0.0.1:8080'))).toMatchObject({
      host: 'http://127.0.0.1:8080',
      schedule: { floorSeconds: 1, checkWorthSeconds: 1, capSeconds: 3 },
      deadlineSeconds: 60,
    });
  });
});

describe('every option', () => {
  it('is taken for the simulator', () => {
    const options = parsed(
      ...REQUEST_ID,
      ...STREAM_ID,
      ...['--recipients', '100', '--scenario', 'outage', '--api-scope', 'admin-console'],
      ...['--max-wait-seconds', '7', '--deadline-seconds', '90', '--json'],
    );
    expect(options).toMatchObject({
      requestId: 'ds-1',
      streamId: 'st-1',
      recipients: 100,
      scenario: 'outage',
      apiScope: 'admin-console',
      maxWaitSeconds: 7,
      deadlineSeconds: 90,
      json: true,
    });
  });

  it('is taken for a host', () => {
    const secret = '{"clientId": "cs-1", "clientSecret": "hunter2"}';
    const options = parsed(...HOST, ...REQUEST_ID, ...STREAM_ID, ...secretFile(secret), '--recipients', '9');
    expect(options).toMatchObject({
      host: 'https://kore.example.com',
      requestId: 'ds-1',
      streamId: 'st-1',
      secret,
      recipients: 9,
    });
  });

  it.each(SCENARIOS)('--scenario may be %s', (scenario) => {
    expect(parsed('--scenario', scenario).scenario).toBe(scenario);
  });
});

describe('--campaign', () => {
  it('is a campaign of so many notifications, all of one bot', () => {
    const { campaign, ...options } = parsed('--campaign', '5', '--recipients', '9', ...STREAM_ID);
    expect(campaign?.campaignId).toMatch(/^campaign-/);
    expect(campaign?.notifications).toHaveLength(5);
    expect(options).toMatchObject({ recipients: 9, streamId: 'st-1' });
  });

  it.each(['1', '50'])('may be %s', (number) => {
    expect(parsed('--campaign', number).campaign?.notifications).toHaveLength(Number(number));
  });

  it('plays the scenario with each of them', () => {
    const { notifications = [] } = parsed('--campaign', '3', '--scenario', 'outage').campaign ?? {};
    expect(notifications.map(({ course }) => course)).toEqual(Array(3).fill(COURSES.outage));
  });

  it('lets each go its own way without a scenario', () => {
    const { notifications = [] } = parsed('--campaign', '5').campaign ?? {};
    expect(new Set(notifications.map(({ course }) => course.durationSeconds)).size).toBe(5);
  });

  it('is left out for one notification', () => {
    expect(parsed()).not.toHaveProperty('campaign');
  });
});

describe('what an option leaves open', () => {
  it('is the bot of the sample for the notification of the sample, whose recipients are its own', () => {
    const options = parsed('--request-id', SAMPLE_REQUEST_ID);
    expect(options.streamId).toBe(SAMPLE_STREAM_ID);
    expect(options).not.toHaveProperty('recipients');
  });

  it('is not the number of recipients of a real notification, which nobody here knows', () => {
    const options = parsed(
      ...HOST,
      ...REQUEST_ID,
      ...STREAM_ID,
      ...secretFile('{"clientId": "cs-1", "clientSecret": "hunter2"}'),
    );
    expect(options).not.toHaveProperty('recipients');
  });

  it('is waits that fit a deadline of a second', () => {
    const options = parsed('--deadline-seconds', '1');
    expect(() => settingsFrom(propsFor(options, 'http://127.0.0.1:8080'))).not.toThrow();
  });

  it('is waits long enough for a day', () => {
    const options = parsed('--deadline-seconds', '86400');
    expect(() => settingsFrom(propsFor(options, 'http://127.0.0.1:8080'))).not.toThrow();
  });
});

describe('the scope of the Admin Console', () => {
  it('needs no stream id', () => {
    const options = parsed(
      ...HOST,
      ...REQUEST_ID,
      ...['--api-scope', 'admin-console'],
      ...secretFile('{"clientId": "cs-1", "clientSecret": "hunter2"}'),
    );
    expect(options).toMatchObject({ host: 'https://kore.example.com', apiScope: 'admin-console' });
    expect(options).not.toHaveProperty('streamId');
  });
});

describe('wrong usage', () => {
  it.each([
    ['an unknown option', ['--colour'], '--colour'],
    ['an option without its value', ['--request-id'], '--request-id'],
    ['an excess argument', ['ds-1'], 'too many arguments'],
    ['an unknown scenario', ['--scenario', 'hurricane'], 'hurricane'],
    ['an unknown API scope', ['--api-scope', 'everything'], 'everything'],
    ['a request id that climbs out of the URL', ['--request-id', '../admin'], '--request-id'],
    ['a stream id that climbs out of the URL', ['--stream-id', '../admin'], '--stream-id'],
    ['an empty id', ['--request-id', ''], '--request-id'],
  ])('is %s', (_, argv, named) => {
    const { code, message } = refusalOf(...argv);
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain(named);
    expect(message).not.toMatch(/\n|^error:/);
  });

  describe.each(['--max-wait-seconds', '--deadline-seconds', '--recipients', '--campaign'])(
    'is %s',
    (option) => {
      it.each(['0', '1.5', '-1', '', ' ', '1e3', '0x10', 'ten', '9007199254740993'])('of "%s"', (value) => {
        const { code, message } = refusalOf(`${option}=${value}`);
        expect(code).toBe('WRONG_USAGE');
        expect(message).toContain(option);
        expect(message).toContain('whole number');
      });
    },
  );

  it.each([
    ['request id', [...HOST, ...STREAM_ID], '--request-id'],
    ['stream id', [...HOST, ...REQUEST_ID], '--stream-id'],
    ['secret file', [...HOST, ...REQUEST_ID, ...STREAM_ID], '--secret-file'],
  ])('is a host without a %s', (_, argv, missing) => {
    const { code, message } = refusalOf(...argv);
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain('--host');
    expect(message).toContain(missing);
  });

  it('is a campaign of more than fifty notifications', () => {
    expect(refusalOf('--campaign', '51').message).toContain('a whole number from 1 to 50');
  });

  it.each([
    ['a host', [...HOST, ...REQUEST_ID, ...STREAM_ID], '--host'],
    ['a request id', REQUEST_ID, '--request-id'],
  ])('is a campaign together with %s', (_, argv, named) => {
    const { code, message } = refusalOf('--campaign', '5', ...argv);
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain('--campaign');
    expect(message).toContain(named);
  });

  it('is a host together with a scenario, which only the simulator can play', () => {
    const { code, message } = refusalOf(...HOST, ...REQUEST_ID, ...STREAM_ID, '--scenario', 'success');
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain('--scenario');
  });
});

describe('a secret file', () => {
  it('serves the simulator as well', () => {
    const secret = '{"clientId": "cs-1", "clientSecret": "hunter2"}';
    expect(parsed(...secretFile(secret)).secret).toBe(secret);
  });

  it('that is not there is wrong usage', () => {
    const { code, message } = refusalOf('--secret-file', join(directory, 'nowhere.json'));
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain('nowhere.json');
    expect(message).toContain('ENOENT');
  });

  it.each([
    ['is not JSON', 'hunter2', 'not JSON'],
    ['is not an object', '["hunter2"]', 'not a JSON object'],
    ['has no client id', '{"clientSecret": "hunter2"}', '"clientId" is missing'],
    ['has neither secret nor key', '{"clientId": "hunter2"}', '"clientSecret" or "privateKey"'],
    ['has both', '{"clientId": "cs-1", "clientSecret": "hunter2", "privateKey": "hunter2"}', 'both'],
    ['has a key that is none', '{"clientId": "cs-1", "privateKey": "hunter2"}', '"privateKey"'],
    [
      'has an algorithm that does not fit',
      '{"clientId": "cs-1", "clientSecret": "hunter2", "algorithm": "RS256"}',
      '"algorithm"',
    ],
    ['still holds the placeholder', '{"clientId": "REPLACE_ME", "clientSecret": "hunter2"}', 'placeholder'],
  ])('that %s is wrong usage, and no value is shown', (_, content, said) => {
    const [option, file] = secretFile(content);
    const { code, message } = refusalOf(option, file);
    expect(code).toBe('WRONG_USAGE');
    expect(message).toContain(file);
    expect(message).toContain(said);
    expect(message).not.toContain('hunter2');
  });
});

describe('--help', () => {
  const write = vi.spyOn(process.stdout, 'write');
  const { columns } = process.stdout;
  afterAll(() => void Object.assign(process.stdout, { columns }));

  it('fits a terminal of 60 columns', () => {
    write.mockReturnValue(true);
    Object.assign(process.stdout, { columns: 60 });

    parseOptions(['--help']);

    const printed = write.mock.calls.map(([text]) => text).join('');
    expect(printed).toContain('Exit status');
    expect(printed.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });
  afterEach(() => write.mockReset());

  it('prints every option and the exit statuses, and asks for no run', () => {
    write.mockReturnValue(true);
    expect(parseOptions(['--help'])).toBeUndefined();
    const printed = write.mock.calls.map(([text]) => text).join('');
    for (const option of [
      '--host',
      '--stream-id',
      '--request-id',
      '--campaign',
      '--secret-file',
      '--recipients',
      '--json',
    ]) {
      expect(printed).toContain(option);
    }
    expect(printed).toContain('Exit status');
  });
});
