/** The command line finds credentials as the AWS CLI does: the SDK's providers are inside its one file. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Check } from './check.ts';
import { attemptToRun } from './program.ts';

const KEYS = { AccessKeyId: 'KEY', SecretAccessKey: 'secret', SessionToken: 'token' };
const LATER = '2100-01-01T00:00:00Z';
const ROLE = 'arn:aws:iam::123456789012:role/Operator';

/** Each way to a key, and the variables that lead there; files are in the home directory. */
const SOURCES: Readonly<Record<string, (home: string) => Readonly<Record<string, string>>>> = {
  'the environment': () => ({ AWS_ACCESS_KEY_ID: 'KEY', AWS_SECRET_ACCESS_KEY: 'secret' }),
  'a credential process': () => ({ AWS_PROFILE: 'process' }),
  'a role of a profile': () => ({ AWS_PROFILE: 'role' }),
  'a web identity': (home) => ({
    AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'web-identity'),
    AWS_ROLE_ARN: ROLE,
  }),
  'single sign-on': () => ({ AWS_PROFILE: 'sso' }),
};

export const CREDENTIAL_CHECKS: readonly Check[] = Object.entries(SOURCES).map(([source, variablesIn]) => ({
  name: `the command has credentials of ${source}`,
  async run({ folder: { directory }, signal }) {
    writeHome(directory);
    await using aws = await openAws();

    const { output, errors } = await attemptToRun('node_modules/.bin/delivery-tracker', ['list'], {
      cwd: directory,
      signal,
      environment: {
        HOME: directory,
        AWS_REGION: 'eu-central-1',
        AWS_ENDPOINT_URL: aws.url,
        ...variablesIn(directory),
      },
    });

    assert.deepEqual(aws.stackReaders, ['KEY'], output + errors);
  },
}));

/** What `aws configure` and `aws sso login` leave in a home directory. */
function writeHome(home: string): void {
  const answer = join(home, 'process.json');
  const cache = join(home, '.aws/sso/cache');
  const session = createHash('sha1').update('session').digest('hex');
  mkdirSync(cache, { recursive: true });
  writeFileSync(answer, JSON.stringify({ Version: 1, ...KEYS }));
  writeFileSync(join(home, 'web-identity'), 'a token');
  writeFileSync(
    join(cache, `${session}.json`),
    JSON.stringify({ accessToken: 'a token', expiresAt: LATER, region: 'eu-central-1' }),
  );
  writeFileSync(
    join(home, '.aws/config'),
    `[profile process]
credential_process = cat "${answer}"
[profile role]
role_arn = ${ROLE}
source_profile = process
[profile sso]
sso_session = session
sso_account_id = 123456789012
sso_role_name = Operator
[sso-session session]
sso_region = eu-central-1
sso_start_url = https://example.com/start
`,
  );
}

/** As much of AWS as gives out a key; it remembers with which keys its stacks were asked for. */
async function openAws() {
  const stackReaders: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const [, action = ''] = /^Action=(\w+)/.exec(body) ?? [];
    if (action === 'DescribeStacks') stackReaders.push(keyOf(request));
    if (action.startsWith('AssumeRole')) return response.end(assumed(action));
    if (request.url?.startsWith('/federation/credentials')) return response.end(SSO_ANSWER);
    response.writeHead(403).end(REFUSAL);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stackReaders,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function keyOf({ headers }: IncomingMessage): string | undefined {
  return /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1];
}

const REFUSAL =
  '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
const SSO_ANSWER = JSON.stringify({
  roleCredentials: {
    accessKeyId: KEYS.AccessKeyId,
    secretAccessKey: KEYS.SecretAccessKey,
    sessionToken: KEYS.SessionToken,
    expiration: Date.parse(LATER),
  },
});

function assumed(action: string): string {
  const keys = Object.entries({ ...KEYS, Expiration: LATER }).map(
    ([name, value]) => `<${name}>${value}</${name}>`,
  );
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
    <Credentials>${keys.join('')}</Credentials></${action}Result></${action}Response>`;
}
