import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parseCredentials } from '../../contract/credentials.ts';
import { signToken } from '../../lambdas/check-delivery/kore/access/token.ts';
import { tokenCheck } from '../../local/kore/token-check.ts';
import { announcement, askedOnTerminal } from '../../verify/announce.ts';
import { answerOf } from '../../verify/kore/answer.ts';
import { checkOptions, type VerifyOptions } from '../../verify/options.ts';
import { SCENARIOS } from '../../verify/scenarios/all.ts';
import { secondAccountTemplate } from '../../verify/stack/second-account-template.ts';
import { busProbeTemplate } from '../../verify/stack/small-templates.ts';
import { VerifyStack } from '../../verify/stack/verify-stack.ts';
import { newNotification } from '../../verify/world/notification.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'verify.md'), 'utf8');

const ANNOUNCED = {
  runName: 'delivery-tracker-verify-1a2b3c4d',
  accountId: '123456789012',
  callerArn: 'arn:aws:iam::123456789012:user/u',
  region: 'eu-central-1',
};

describe('the scenarios', () => {
  it('have names and assumptions of their own', () => {
    const ids = SCENARIOS.flatMap(({ settles }) => settles.map(({ id }) => id));

    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are listed in docs/verify.md, each with what it settles', () => {
    const lines = SCENARIOS.flatMap(({ name, settles }) =>
      settles.map(({ id, says }) => `| \`${name}\` | \`${id}\` | ${says} |`),
    );

    expect(lines.filter((line) => !PAGE.includes(line))).toEqual([]);
  });
});

it('docs/verify.md names each request for which a user needs the right', () => {
  const folder = join(import.meta.dirname, '..', '..', 'verify');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /ts$/.test(file),
  );
  const text = sources.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
  const requests = [...text.matchAll(/new (\w+)Command\b|\bpaginate(\w+)\(/g)].map(
    ([, command, pages]) => command ?? pages ?? '',
  );
  const rightOf: Readonly<Record<string, string>> = {
    DeleteMessageBatch: 'DeleteMessage',
    Invoke: 'InvokeFunction',
  };
  const missing = requests.filter((one) => !PAGE.includes(`\`${rightOf[one] ?? one}\``));

  expect(requests.length).toBeGreaterThan(30);
  expect([...new Set(missing)]).toEqual([]);
});

describe('the stacks', () => {
  const template = Template.fromStack(
    new VerifyStack(new App(), 'Trackers', {
      host: 'https://kore.example.com',
      isChanged: false,
      isEmulated: false,
      secondAccount: '210987654321',
    }),
  );

  it('have as many alarms as a run says before it makes them', () => {
    const alarms = Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length;

    expect(announcement(ANNOUNCED)).toContain(`an hour of ${alarms} alarms,`);
  });

  it('leave nothing behind', () => {
    const kept = Object.values(template.toJSON().Resources as Record<string, { DeletionPolicy?: string }>);

    expect(kept.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain')).toEqual([]);
  });

  it('have a probe that is started as the function is', () => {
    const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
    const startOf = (name: string) =>
      functions
        .filter(([id]) => id.startsWith(name))
        .map(([, { Properties }]) => {
          const { MemorySize, Runtime, Architectures, Environment } = Properties;
          const { NODE_OPTIONS } = Environment.Variables;
          return { MemorySize, Runtime, Architectures, NODE_OPTIONS };
        });

    const check = startOf('TrackerCheckDelivery');
    expect(check).toEqual([
      expect.objectContaining({ NODE_OPTIONS: expect.stringContaining('--max-old-space-size') }),
    ]);
    expect(startOf('Probe')).toEqual(check);
  });

  it('of a bus that does not exist are a rule on it', () => {
    const small = Template.fromJSON(busProbeTemplate('mistyped') as Record<string, never>);

    small.hasResourceProperties('AWS::Events::Rule', { EventBusName: 'mistyped', Targets: Match.absent() });
  });

  it('of a second account put a rule on the bus of the first', () => {
    const eventBusArn = 'arn:aws:events:eu-central-1:123456789012:event-bus/b';
    const stateMachineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:m';
    const env = { account: '210987654321', region: 'eu-central-1' };
    const small = secondAccountTemplate(env, { eventBusArn, stateMachineArn });

    Template.fromJSON(small as Record<string, never>).hasResourceProperties('AWS::Events::Rule', {
      EventBusName: eventBusArn,
    });
  });
});

describe('the stand-in for Kore.ai', () => {
  const credentials = (clientSecret: string) =>
    parseCredentials(JSON.stringify({ clientId: 'cs-verify', clientSecret }));
  const own = credentials('a-secret-of-this-run-of-32-bytes-or-more');
  const ask = async (requestId: string, token: string | undefined, now = Date.now()) => {
    const path = `/api/public/bot/st-verify/notifyV2/status/${requestId}`;
    return answerOf(path, token, tokenCheck(own), now);
  };
  const tokenOf = (one: typeof own) => signToken(one, Date.now());

  it('knows from the request id how the delivery goes', async () => {
    const { requestId } = newNotification(10, 4);
    const sentAt = Number(requestId.split('-')[3]) * 1000;

    const early = await ask(requestId, await tokenOf(own), sentAt + 5_000);
    const late = await ask(requestId, await tokenOf(own), sentAt + 11_000);

    expect(JSON.parse(early.body)).toMatchObject({ status: 'IN_PROGRESS', count: 2 });
    expect(JSON.parse(late.body)).toMatchObject({ status: 'SUCCESS', count: 4 });
  });

  it('answers to no token but those of its run', async () => {
    const { requestId } = newNotification(10, 4);
    const other = await tokenOf(credentials('a-secret-of-another-run-of-32-bytes-or-more'));

    expect((await ask(requestId, undefined)).status).toBe(401);
    expect((await ask(requestId, other)).status).toBe(401);
    expect((await ask('ds-unknown', await tokenOf(own))).status).toBe(404);
  });
});

describe('the program', () => {
  const options: VerifyOptions = { yes: false, emulator: false, clean: false };

  it('says in which account it makes what', () => {
    const said = announcement(ANNOUNCED);

    expect(said).toContain('Account 123456789012, region eu-central-1');
    expect(said).toContain('delivery-tracker-verify-1a2b3c4d');
    expect(said).toMatch(/costs less than \$/);
  });

  it('makes nothing where nobody can be asked', async () => {
    await expect(askedOnTerminal('Go on?', new AbortController().signal)).rejects.toThrow('--yes');
  });

  it.each([
    [{ only: ['redrives'] }, 'There is no scenario "redrives"'],
    [{ emulator: true, profile: 'p' }, '--emulator takes no profile'],
    [{ emulator: true, clean: true }, '--emulator leaves nothing'],
    [{ emulator: true, clean: 'delivery-tracker-verify-1a2b3c4d' }, '--emulator leaves nothing'],
  ])('refuses %j', (wrong, sentence) => {
    expect(() => checkOptions({ ...options, ...wrong }, ['redrive'])).toThrow(sentence);
  });
});
