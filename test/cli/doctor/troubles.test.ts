/** Troubles planted one by one, each found by doctor and told with what to do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAILURE_INDEX } from '../../../contract/table-names.ts';
import { type HealthyTracker, healthyTracker, ownRule, rule } from './healthy-tracker.ts';

let tracker: HealthyTracker;
beforeAll(async () => {
  tracker = await healthyTracker();
});
afterAll(() => tracker.line.close());
beforeEach(() => tracker.heal());

describe('a tracker with which all is well', () => {
  it('has no findings, and says what was looked at', async () => {
    tracker.tracks('ds-1', undefined);

    const { status, stdout } = await tracker.examine();

    expect(status).toBe(0);
    expect(stdout).toBe(`Tracker  nothing found

ok       releases: stack and command line are of the same release
ok       secret: it holds credentials of the right form
ok       running trackings: none is held by an obstacle
ok       pauses: no bot is paused
ok       shared bots: no other tracker here counts calls of the same bot
ok       call budget: no bot used up the calls of the last hour
ok       tables: no write of a table or an index was throttled in the last hour
ok       functions: none failed or was throttled in the last hour
ok       event bus: it has a rule for final events
ok       dead letters: there are none
ok       alarms: none rings
`);
  });
});

describe('a trouble is found:', () => {
  const secret = (SecretString?: string) => () => {
    tracker.planted.secret = { ...(SecretString !== undefined && { SecretString }) };
  };
  const metric = (name: string, value: number) => () => tracker.planted.metrics.set(name, value);
  const held =
    (...obstacles: string[]) =>
    () =>
      tracker.tracks('ds-1', ...obstacles);
  const throttles = (index: string) => () =>
    metric(`WriteThrottleEvents of ${tracker.description.tableName}${index}`, 1)();
  const rules =
    (...all: ReturnType<typeof rule>[]) =>
    () => {
      tracker.planted.rules = all;
    };

  it.each<[string, string, () => unknown]>([
    [
      'SECRET_PLACEHOLDER',
      'the placeholder',
      secret('{"clientId":"REPLACE_ME","clientSecret":"REPLACE_ME"}'),
    ],
    ['SECRET_MALFORMED', 'a secret that is not JSON', secret('never-to-be-printed')],
    ['SECRET_MALFORMED', 'a secret without a key', secret('{"clientId":"cs-1"}')],
    ['SECRET_MALFORMED', 'a secret in binary', secret()],
    [
      'SECRET_UNREADABLE',
      'a secret that was deleted',
      () => {
        tracker.planted.secret = { error: 'InvalidRequestException' };
      },
    ],
    ['RELEASES_DIFFER', 'a stack of another release', () => tracker.describe({ release: '1.2.2' })],
    ['KORE_CREDENTIALS_REFUSED', 'refused credentials', held('CREDENTIALS_REFUSED')],
    [
      'CHECKS_FAIL',
      'a function that fails in a running tracking',
      held('UNEXPECTED_ERROR', 'UNEXPECTED_ERROR'),
    ],
    ['TRACKINGS_HELD', 'an obstacle that lasts', held('KORE_UNREACHABLE', 'KORE_UNREACHABLE')],
    ['TRACKINGS_HELD', 'an obstacle of another release', held('NEW_IN_2_0_0', 'NEW_IN_2_0_0')],
    [
      'BOT_PAUSED',
      'a paused bot',
      () => tracker.budgetHolds({ bot: 'st-1', pausedAt: '2026-11-24T11:00:00Z' }),
    ],
    ['CALL_BUDGET_FULL', 'a full budget', metric('CallBudgetUsed of Tracker', 100)],
    ['FUNCTION_FAILS', 'a function that fails', metric('Errors of Check', 3)],
    ['FUNCTION_FAILS', 'a function of campaigns that fails', metric('Errors of CheckCampaign', 1)],
    ['FUNCTION_THROTTLED', 'a function without concurrency', metric('Throttles of Check', 2)],
    ['TABLE_THROTTLED', 'a table that is throttled', throttles('')],
    ['TABLE_THROTTLED', 'an index that is throttled', throttles(`/${FAILURE_INDEX}`)],
    [
      'TABLE_THROTTLED',
      'a call budget that is throttled',
      () => metric(`WriteThrottleEvents of ${tracker.description.callBudgetTableName}`, 1)(),
    ],
    [
      'EVENT_BUS_MISSING',
      'a bus that is gone',
      () => tracker.line.aws.refuse('ListRules', 'ResourceNotFoundException'),
    ],
    [
      'NO_RULES',
      "a bus with nothing but the tracker's own rule and an archive's",
      rules(ownRule(), rule({ ManagedBy: 'archive' })),
    ],
    ['NO_RULES', 'a bus whose rules are disabled', rules(ownRule(), rule({ State: 'DISABLED' }))],
    [
      'NO_RULES',
      'a bus whose rules are for other events',
      rules(ownRule(), rule({ EventPattern: '{"source":["shop"]}' })),
    ],
    [
      'DEAD_LETTERS',
      'a dead letter',
      () => {
        tracker.planted.deadLetters = 1;
      },
    ],
    ['ALARM', 'an alarm that rings', () => tracker.planted.alarms.set('Dead letters', 'ALARM')],
    ['ALARM_MISSING', 'an alarm that somebody deleted', () => tracker.planted.alarms.delete('Dead letters')],
  ])('%s for %s', async (code, _, plant) => {
    await plant();

    const { status, document, stdout } = await tracker.examine('--json');
    tracker.line.aws.refuse('ListRules');

    expect(document.findings.map((one: { code: string }) => one.code)).toEqual([code]);
    expect(status).toBe(7);
    expect(stdout).not.toContain('never-to-be-printed');
  });
});

it('commands of the AWS CLI are told the same account and region', async () => {
  tracker.planted.rules = [rule({ Name: 'Follow', State: 'DISABLED' })];

  const { document } = await tracker.examine('--json', '--region', 'us-east-1');

  expect(document.findings[0].commands).toEqual([
    'aws events enable-rule --event-bus-name Events --name Follow --region us-east-1',
  ]);
});

it('what a function said is read by a command of this command line', async () => {
  tracker.planted.metrics.set('Errors of CheckCampaign', 1);

  const { document } = await tracker.examine('--json');

  expect(document.findings[0].commands).toEqual(['npx delivery-tracker logs --since 1h']);
});

describe('trackings that an obstacle holds', () => {
  it('are one finding for each obstacle, with their number, since when, and one to look at', async () => {
    tracker.tracks('ds-1', undefined, 'KORE_UNREACHABLE', 'KORE_UNREACHABLE', 'KORE_UNREACHABLE');
    tracker.tracks('ds-2', 'RATE_LIMITED', 'KORE_UNREACHABLE', 'KORE_UNREACHABLE');
    tracker.tracks('ds-3', 'PAUSED', 'PAUSED');
    tracker.tracks('ds-4', 'KORE_UNREACHABLE', undefined);

    const { document } = await tracker.examine('--json');

    expect(document.findings).toEqual([
      {
        code: 'TRACKINGS_HELD',
        severity: 'warning',
        what: '2 running trackings are held by KORE_UNREACHABLE, at least since 2026-11-24 11:57:00Z: Kore.ai answers with 5xx, not in time, or not at all.',
        advice: expect.stringContaining('Check the network'),
        commands: ['npx delivery-tracker show ds-1'],
      },
      expect.objectContaining({ what: expect.stringContaining('1 running tracking is held by PAUSED') }),
    ]);
  });

  it('by refused credentials are told with a command that tries these, with the bot', async () => {
    tracker.tracks('ds-1', 'CREDENTIALS_REFUSED');

    const { document } = await tracker.examine('--json');

    expect(document.findings[0].commands).toEqual([
      'npx delivery-tracker credentials check --call ds-1 --stream-id st-1',
      'npx delivery-tracker show ds-1',
    ]);
  });

  it('are not those that met trouble once, unless somebody has to act', async () => {
    tracker.tracks('ds-1', 'KORE_UNREACHABLE');
    tracker.tracks('ds-2', 'UNEXPECTED_ERROR');
    tracker.tracks('ds-3', 'INVALID_SECRET');

    const { document } = await tracker.examine('--json');

    expect(document.findings).toEqual([
      expect.objectContaining({ severity: 'error', what: expect.stringContaining('INVALID_SECRET') }),
    ]);
  });

  it('are looked for in 50 of them, old and new', async () => {
    for (let i = 0; i < 200; i += 1) tracker.tracks(`ds-${i}`, 'INVALID_SECRET');

    const { document } = await tracker.examine('--json');

    expect(document.findings[0].what).toContain(
      '50 running trackings are held by INVALID_SECRET, of 50 asked of 200 that run',
    );
  });
});
