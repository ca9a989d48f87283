/** `start-campaign`, and `start --from-file --campaign`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'campaigns-'));
const IDS = join(folder, 'ids.txt');
const MORE_IDS = join(folder, 'more-ids.txt');
let line: CommandLine;
beforeAll(async () => {
  writeFileSync(IDS, 'ds-1\nds-2\nds-3\nds-2\n');
  writeFileSync(MORE_IDS, 'ds-1\nds-2\nds-3\nds-4\n');
  line = await commandLine();
  const { campaignStateMachineArn: _, ...earlier } = line.tracker;
  line.aws.stacks.set('Earlier', [JSON.stringify({ ...earlier, name: 'Earlier' })]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await line.close();
});
beforeEach(() => {
  line.aws.executions.clear();
  line.aws.campaigns.clear();
  line.aws.operations.length = 0;
});

const run = (...argv: string[]) => line.run(...argv, '--tracker', 'Tracker');
const startCampaign = (...options: string[]) =>
  run('start-campaign', 'spring-2026', '--notifications', '3', ...options);
const startFile = (file: string, ...options: string[]) =>
  run('start', '--from-file', file, '--campaign', 'spring-2026', '--rate', '1000', ...options);
const inputOf = (executions: CommandLine['aws']['executions'], name: string) =>
  JSON.parse(executions.get(name)?.input ?? 'null');

describe('start-campaign', () => {
  it('starts a campaign alone', async () => {
    const { status, stdout } = await startCampaign('--deadline-seconds', '3600');

    expect(status).toBe(0);
    expect(stdout).toBe(
      'Tracking the campaign spring-2026, with 3 notifications. To start them from a file of their request ids: npx delivery-tracker start --from-file ids.txt --campaign spring-2026 --tracker Tracker\n',
    );
    expect(inputOf(line.aws.campaigns, 'spring-2026')).toEqual({
      campaignId: 'spring-2026',
      notifications: 3,
      deadlineSeconds: 3600,
    });
    expect(line.aws.executions.size).toBe(0);
  });

  it('says at a second start that it is tracked already', async () => {
    const { document } = await startCampaign('--json');
    const { status, stdout } = await startCampaign();

    expect(document).toEqual({
      started: true,
      campaignId: 'spring-2026',
      notifications: 3,
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:Campaigns:spring-2026',
    });
    expect([status, stdout]).toEqual([
      0,
      'The campaign spring-2026 is tracked already, with 3 notifications.\n',
    ]);
  });

  it.each([
    ['number', ['--notifications', '4'], '3 notifications, and this start has 4 notifications'],
    ['deadline', ['--deadline-seconds', '3600'], 'and a deadline of 3600 s'],
  ])('is refused for another %s', async (_, options, sentence) => {
    await startCampaign();

    const ran = await startCampaign(...options);

    expect(ran).toMatchObject({ status: 5, code: 'CAMPAIGN_DIFFERS', stdout: '' });
    expect(ran.stderr).toContain(sentence);
    expect(inputOf(line.aws.campaigns, 'spring-2026').notifications).toBe(3);
  });

  it.each([
    ['no number', ['start-campaign', 'spring-2026'], /--notifications/],
    ['an id that is none', ['start-campaign', 'a b', '--notifications', '3'], /'a b' is invalid/],
    ['no notifications', ['start-campaign', 'a', '--notifications', '0'], /whole number from 1/],
    [
      'too many',
      ['start-campaign', 'a', '--notifications', '100001'],
      /--notifications must be at most 100000\./,
    ],
    [
      'a deadline after a year',
      ['start-campaign', 'a', '--notifications', '3', '--deadline-seconds', '31536000'],
      /--deadline-seconds must be at most 31528800\./,
    ],
  ])('refuses %s', async (_, argv, sentence) => {
    const { status, code, stderr } = await line.run(...argv);

    expect([status, code]).toEqual([2, 'WRONG_USAGE']);
    expect(stderr).toMatch(sentence);
    expect(line.aws.operations).toEqual([]);
  });
});

describe('start --from-file --campaign', () => {
  it('starts the campaign with as many notifications as the file has, and each of them in it', async () => {
    const { status, stdout } = await startFile(IDS);

    expect([status, stdout]).toEqual([
      0,
      'The campaign spring-2026 is tracked.\n3 notifications: 3 started, 0 already tracked, 0 failed.\n1 lines repeated others.\n',
    ]);
    expect(inputOf(line.aws.campaigns, 'spring-2026')).toEqual({
      campaignId: 'spring-2026',
      notifications: 3,
    });
    expect(inputOf(line.aws.executions, 'ds-3')).toEqual({ requestId: 'ds-3', campaignId: 'spring-2026' });
  });

  it.each([
    ['by the same command', () => startFile(IDS)],
    ['with the same number and a deadline', () => startCampaign('--deadline-seconds', '3600')],
  ])('goes on with a campaign that was started %s', async (_, before) => {
    await before();
    line.aws.executions.clear();

    const { status, document } = await startFile(IDS, '--json');

    expect(status).toBe(0);
    expect(document).toMatchObject({
      campaign: {
        campaignId: 'spring-2026',
        executionArn: 'arn:aws:states:us-east-1:000000000000:execution:Campaigns:spring-2026',
        alreadyTracked: true,
      },
      started: 3,
    });
  });

  it('starts nothing where the campaign has another number', async () => {
    await startCampaign();

    const ran = await startFile(MORE_IDS);

    expect(ran).toMatchObject({ status: 5, code: 'CAMPAIGN_DIFFERS', stdout: '' });
    expect(ran.stderr).toContain('tracked with 3 notifications, and this start has 4 notifications');
    expect(line.aws.executions.size).toBe(0);
  });

  it('says that notifications which were tracked before may not count for it', async () => {
    await run('start', 'ds-1');

    const { stdout } = await startFile(IDS);

    expect(stdout).toContain('2 started, 1 already tracked');
    expect(stdout).toContain('count for the campaign only if they were started with its id');
  });

  it('starts the campaign first, and nothing where it cannot be started', async () => {
    line.aws.refuse('StartExecution', 'AccessDeniedException');
    const ran = await startFile(IDS);
    line.aws.refuse('StartExecution');

    expect(ran).toMatchObject({ status: 6, code: 'NOT_PERMITTED', stdout: '' });
    expect(line.aws.operations.filter((one) => one === 'StartExecution')).toHaveLength(1);
  });
});

describe('a tracker of an earlier release', () => {
  const earlier = ['--tracker', 'Earlier'];

  it.each([
    [['start-campaign', 'spring-2026', '--notifications', '3']],
    [['start', '--from-file', IDS, '--campaign', 'spring-2026']],
    [['start', 'ds-1', '--campaign', 'spring-2026']],
  ])('has no campaigns: %j', async (argv) => {
    const ran = await line.run(...argv, ...earlier);

    expect(ran).toMatchObject({ status: 4, code: 'NO_CAMPAIGNS', stdout: '' });
    expect(ran.stderr).toContain("Update the tracker's stack");
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('still tracks a file', async () => {
    expect(await line.run('start', '--from-file', IDS, ...earlier)).toMatchObject({ status: 0 });
    expect(line.aws.executions.size).toBe(3);
  });
});
