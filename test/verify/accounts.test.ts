/** A run deploys into the account that it announced and no other. */
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { useEmulator } from '../../emulator/ministack.ts';
import { forgetKeys, profileOf, refuseSameAccount } from '../../verify/accounts.ts';
import { environmentOf } from '../../verify/stack/environment-of.ts';
import { KoreStack } from '../../verify/stack/kore-stack.ts';
import { VerifyStack } from '../../verify/stack/verify-stack.ts';

const ANNOUNCED = { account: '123456789012', region: 'eu-central-1' };

describe('the stacks', () => {
  it('are for the account and region that were announced', () => {
    const env = environmentOf(ANNOUNCED, '123456789012');
    const app = new App();
    const props = { host: 'https://kore.example.com', isChanged: false, isEmulated: false };
    const stacks: Stack[] = [
      new KoreStack(app, 'Kore', { ...(env && { env }) }),
      new VerifyStack(app, 'Trackers', { ...props, ...(env && { env }), secondAccount: '210987654321' }),
    ];

    expect(stacks.map(({ account, region }) => ({ account, region }))).toEqual([ANNOUNCED, ANNOUNCED]);
    for (const stack of stacks) Template.fromStack(stack);
  });

  it.each(['210987654321', undefined])('are not synthesised for the credentials of account %s', (ofCli) => {
    expect(() => environmentOf(ANNOUNCED, ofCli)).toThrow('nothing is deployed');
  });

  it('are for any account in an emulator', () => {
    expect(environmentOf({ account: undefined, region: undefined }, '000000000000')).toBeUndefined();
  });

  it('hold no secret of the run, since the bootstrap bucket keeps their templates', () => {
    const template = Template.fromStack(new KoreStack(new App(), 'Kore'));

    expect(JSON.stringify(template.toJSON())).not.toMatch(/CREDENTIALS|clientSecret/);
  });
});

it('takes AWS_PROFILE for a profile, which the CDK CLI would take after keys', () => {
  expect(profileOf({ AWS_PROFILE: 'p', AWS_ACCESS_KEY_ID: 'k' })).toBe('p');
  expect(profileOf({ AWS_PROFILE: '' })).toBeUndefined();
});

it('leaves no key of the environment beside a profile', () => {
  const variables = {
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
    AWS_PROFILE: 'p',
  };

  forgetKeys(variables);

  expect(variables).toEqual({ AWS_PROFILE: 'p' });
});

it('refuses a second account that is the first', () => {
  expect(() => refuseSameAccount({ accountId: '1' }, { accountId: '1' })).toThrow('must be of another');
  expect(() => refuseSameAccount({ accountId: '1' }, { accountId: '2' })).not.toThrow();
});

it('leads an emulated run past nothing that the environment names', () => {
  const variables: NodeJS.ProcessEnv = {
    PATH: '/bin',
    AWS_PROFILE: 'p',
    AWS_DEFAULT_PROFILE: 'p',
    AWS_SESSION_TOKEN: 't',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_ROLE_ARN: 'r',
    AWS_WEB_IDENTITY_TOKEN_FILE: 'f',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'u',
    AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AMAZON_SESSION_TOKEN: 't',
    AWS_CA_BUNDLE: '/etc/ca.pem',
  };

  useEmulator({ environment: { AWS_REGION: 'us-east-1' } }, variables);

  expect(variables).toEqual({ PATH: '/bin', AWS_CA_BUNDLE: '/etc/ca.pem', AWS_REGION: 'us-east-1' });
});
