/** What doctor prints, also where it could not look at everything. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, MARK, obeyedIn } from '../../hostile-text.ts';
import { type HealthyTracker, healthyTracker, rule } from './healthy-tracker.ts';

let tracker: HealthyTracker;
beforeAll(async () => {
  tracker = await healthyTracker();
});
afterAll(() => tracker.line.close());
beforeEach(() => tracker.heal());

describe('a read that fails', () => {
  it.each([
    ['GetSecretValue', 'secret', 'secretsmanager:GetSecretValue'],
    ['GetMetricStatistics', 'call budget, tables, functions', 'cloudwatch:GetMetricStatistics'],
    ['DescribeAlarms', 'alarms', 'cloudwatch:DescribeAlarms'],
    ['ListRules', 'event bus', 'events:ListRules'],
    ['GetQueueAttributes', 'dead letters', 'sqs:GetQueueAttributes'],
    ['ListExecutions', 'running trackings', 'states:ListExecutions'],
  ])('for want of a permission names it, and the others go on: %s', async (operation, names, action) => {
    tracker.planted.rules = [];
    tracker.planted.deadLetters = 1;
    tracker.line.aws.refuse(operation, 'AccessDeniedException');

    const { status, document } = await tracker.examine('--json');
    tracker.line.aws.refuse(operation);

    const refused = document.findings.filter(({ code }: { code: string }) => code === 'NOT_EXAMINED');
    expect(refused).toHaveLength(1);
    expect(refused[0].what).toContain(`Not examined: ${names}. These credentials may not call ${action}.`);
    expect(document.findings.length).toBeGreaterThan(1);
    expect(status).toBe(7);
  });
});

describe('what cannot be looked at', () => {
  it('is said of a stack of an earlier release, which names less', async () => {
    tracker.describe({
      ...{ release: undefined, secretArn: undefined, deadLetterQueueUrl: undefined, alarms: undefined },
      ...{ eventBusArn: undefined, checkFunctionName: undefined, checkCampaignFunctionName: undefined },
    });

    const { document } = await tracker.examine('--json');

    expect(document.findings).toEqual([expect.objectContaining({ code: 'RELEASES_DIFFER' })]);
    const skipped = document.skipped.map(({ examination }: { examination: string }) => examination);
    expect(skipped).toEqual(['secret', 'functions', 'event bus', 'dead letters', 'alarms']);
  });

  it('is said of alarms that the tracker was deployed without', async () => {
    tracker.describe({ alarms: {} });

    const { stdout } = await tracker.examine();

    expect(stdout).toContain('skipped  alarms: the tracker has none');
  });

  it('is said of a bus of another account', async () => {
    tracker.describe({ eventBusArn: 'arn:aws:events:us-east-1:999999999999:event-bus/Events' });
    tracker.planted.rules = [];

    const { status, stdout } = await tracker.examine();

    expect(status).toBe(0);
    expect(stdout).toContain('skipped  event bus: it is of another account or region');
  });
});

describe('what is printed', () => {
  beforeEach(() => {
    tracker.planted.deadLetters = 2;
    tracker.planted.rules = [];
  });

  it('has errors first, and commands on lines of their own that a narrow terminal does not break', async () => {
    const { stdout } = await tracker.line.runIn({ onTerminal: true, columns: 50 }, 'doctor');

    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Tracker  1 error, 1 warning');
    expect(lines).toContain('error    DEAD_LETTERS');
    expect(lines).toContain('         npx delivery-tracker dead-letters forward');
    expect(lines.indexOf('error    DEAD_LETTERS')).toBeLessThan(lines.indexOf('warning  NO_RULES'));
    expect(lines.filter((line) => line.length > 50)).toEqual([]);
  });

  it('is a record for each finding as CSV', async () => {
    const { stdout } = await tracker.examine('--output', 'csv');

    expect(stdout.split('\r\n').map((line) => line.split(',').slice(0, 2))).toEqual([
      ['code', 'severity'],
      ['DEAD_LETTERS', 'error'],
      ['NO_RULES', 'warning'],
      [''],
    ]);
  });

  it('is a line for each finding as ndjson', async () => {
    const { stdout } = await tracker.examine('--output', 'ndjson');

    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).code)).toEqual(['DEAD_LETTERS', 'NO_RULES']);
  });
});

it('commands with names of others are quoted for the shell', async () => {
  await tracker.budgetHolds({ bot: "st-1'; rm -rf $HOME", pausedAt: '2026-11-24T11:00:00Z' });

  const { document } = await tracker.examine('--json');

  expect(document.findings[0].commands).toEqual([`npx delivery-tracker resume 'st-1'\\''; rm -rf $HOME'`]);
});

describe('what others wrote', () => {
  it.each([[[]], [['--json']], [['--output', 'csv']]])(
    'is nothing that a terminal obeys with %j',
    async (options) => {
      await tracker.budgetHolds({ bot: HOSTILE, pausedAt: HOSTILE });
      tracker.tracks(HOSTILE, HOSTILE, HOSTILE);
      tracker.describe({ release: HOSTILE });
      tracker.planted.rules = [rule({ Name: HOSTILE, State: 'DISABLED' })];
      tracker.planted.secret = { SecretString: JSON.stringify({ clientId: 'cs-1', [HOSTILE]: HOSTILE }) };

      const { stdout } = await tracker.examine(...options);

      expect(obeyedIn(stdout.replaceAll('\r\n', '\n'))).toEqual([]);
      expect(stdout).toContain(MARK);
    },
  );
});
