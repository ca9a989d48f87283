/** The account, the region and the endpoints are those that the AWS CLI would choose. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';

let line: CommandLine;
const folder = mkdtempSync(join(tmpdir(), 'aws-config-'));
/** The SDK reads a file once, so each configuration is a file of its own. */
let files = 0;

beforeAll(async () => {
  line = await commandLine();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await line.close();
});

const UNSET = [
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
];

describe('the region', () => {
  beforeEach(() =>
    configure('[profile west]\nregion = us-west-1\naws_access_key_id = a\naws_secret_access_key = b\n'),
  );

  it.each([
    ['AWS_REGION', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, [], 'eu-west-1'],
    ['AWS_DEFAULT_REGION where there is no other', { AWS_DEFAULT_REGION: 'eu-west-2' }, [], 'eu-west-2'],
    [
      'AWS_DEFAULT_REGION before that of a profile',
      { AWS_DEFAULT_REGION: 'eu-west-2' },
      ['--profile', 'west'],
      'eu-west-2',
    ],
    ['that of the profile', {}, ['--profile', 'west'], 'us-west-1'],
    ['that of the profile in AWS_PROFILE', { AWS_PROFILE: 'west' }, [], 'us-west-1'],
    ['--region before all', { AWS_REGION: 'eu-west-1' }, ['--region', 'eu-west-3'], 'eu-west-3'],
  ])('is %s', async (_, environment: Record<string, string>, options, region) => {
    const { stderr } = await runIn(environment, 'list', '--stack', 'Nowhere', ...options);

    expect(stderr).toContain(`There is no stack Nowhere in ${region}.`);
  });
});

describe('a profile', () => {
  const withEndpoints = () =>
    [
      '[profile local]',
      ...['region = us-east-1', 'aws_access_key_id = local', 'aws_secret_access_key = local'],
      ...[`endpoint_url = ${line.aws.origin}`, 'services = tables'],
      '[services tables]',
      ...['dynamodb =', `  endpoint_url = ${line.tables.endpoint}`],
      '[sso-session team]',
      'sso_region = us-east-1',
    ].join('\n');

  it.each([
    ['--profile', {}, ['--profile', 'local']],
    ['AWS_PROFILE', { AWS_PROFILE: 'local' }, []],
  ])(
    'says by %s where the endpoints are, of all services and of one',
    async (_, environment: Record<string, string>, options) => {
      configure(withEndpoints(), false);

      const ran = await runIn(environment, 'show', 'ds-unknown', ...options);

      // CloudFormation, Step Functions and DynamoDB have answered.
      expect(ran).toMatchObject({ code: 'NO_SUCH_TRACKING' });
    },
  );

  it.each([
    ['--profile', {}, ['--profile', 'lokal']],
    ['AWS_PROFILE', { AWS_PROFILE: 'lokal' }, []],
  ])(
    'that %s misspells is refused with the names of those that exist',
    async (_, environment: Record<string, string>, options) => {
      configure(withEndpoints());
      const before = line.aws.operations.length;

      const { status, code, stderr } = await runIn(environment, 'list', ...options);

      expect([status, code]).toEqual([2, 'NO_SUCH_PROFILE']);
      expect(stderr).toContain('There is no profile lokal in the AWS configuration.');
      expect(stderr).toMatch(/with --profile or AWS_PROFILE: local\. /);
      expect(line.aws.operations).toHaveLength(before);
    },
  );

  it('of a configuration without any is refused with the command that makes one', async () => {
    configure('');

    const { stderr } = await runIn({}, 'list', '--profile', 'prod');

    expect(stderr).toContain('aws configure --profile prod');
  });
});

it('the SDK does not warn of Node.js 20, of which the user of a command need not know', async () => {
  configure('');
  const warned = vi.spyOn(process, 'emitWarning');
  const version = vi.spyOn(process, 'version', 'get').mockReturnValue('v20.20.2');

  await runIn({ AWS_REGION: 'us-east-1' }, 'list');

  expect(warned).not.toHaveBeenCalled();
  version.mockRestore();
});

/** @param hasEndpoints whether the environment says where the services are. */
function configure(config: string, hasEndpoints = true): void {
  files += 1;
  const file = join(folder, `config-${files}`);
  writeFileSync(file, config);
  vi.stubEnv('AWS_CONFIG_FILE', file);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'none'));
  for (const name of UNSET) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ENDPOINT_URL', hasEndpoints ? line.aws.origin : undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', hasEndpoints ? line.tables.endpoint : undefined);
}

/** The process has the environment that the command line is given. */
function runIn(environment: Readonly<Record<string, string>>, ...argv: string[]) {
  const keys = 'AWS_PROFILE' in environment || argv.includes('--profile') ? {} : KEYS;
  const given: Record<string, string> = { ...keys, ...environment };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  return line.runIn({ environment }, ...argv);
}

const KEYS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
