/** `report`, on a tracker whose parts are on loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleRow } from '../../report/sample-campaign.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const AT = new Date(NOW - 3_600_000).toISOString();
const folder = mkdtempSync(join(tmpdir(), 'report-command-'));
const file = (name: string) => join(folder, name);

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
  await putCampaign();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await line.close();
});
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});

const runIn = (surroundings: object, ...argv: string[]) =>
  line.runIn({ now: NOW, ...surroundings }, 'report', ...argv, '--stack', 'DeliveryTracker');
const run = (...argv: string[]) => runIn({}, ...argv);
const holds = (Item: Record<string, unknown>) =>
  line.tables.client.send(new PutCommand({ TableName: line.tracker.tableName, Item }));

/** Of three notifications one has ended, one timed out and one runs. */
async function putCampaign() {
  const counts = { total: 10, delivered: 6, failed: 4 };
  const expiresAt = NOW / 1000 + 86_400;
  const summary = { logId: '#summary', campaignId: 'spring-2026', counts, completedAt: AT, expiresAt };
  await holds({ ...summary, requestId: 'ds-1', outcome: 'complete', startedAt: AT, durationSeconds: 75 });
  await holds({ ...summary, requestId: 'ds-2', outcome: 'timed-out', counts: { ...counts, expected: 12 } });
  for (const requestId of ['ds-1', 'ds-2', 'ds-3']) {
    for (let index = 0; index < 10; index += 1) {
      const failsFor = index < 4 ? `Busy ${requestId === 'ds-3' ? index : ''}`.trim() : undefined;
      const recipient = `person.${index}@example.com`;
      const row = sampleRow({ requestId, index, recipient, at: NOW - index * 1000 });
      await holds({ ...row, ...(failsFor && { ...sampleRow({ requestId, index, recipient, failsFor }) }) });
    }
  }
  const input = JSON.stringify({ requestId: 'ds-3', recipients: 15, campaignId: 'spring-2026' });
  line.aws.executions.set('ds-3', { status: 'RUNNING', startedAt: NOW - 60_000, input });
  line.aws.executions.set('ds-9', { status: 'RUNNING', startedAt: NOW, input: '{"campaignId":"other"}' });
  const started = JSON.stringify({ campaignId: 'spring-2026', notifications: 4 });
  line.aws.campaigns.set('spring-2026', { status: 'RUNNING', startedAt: NOW - 120_000, input: started });
}

describe('the page', () => {
  it('is written where it was asked for, and its headline is said', async () => {
    const { status, stdout } = await run('spring-2026', '--out', file('a.html'));

    expect(status).toBe(0);
    expect(stdout).toContain(
      'Not over yet: 18 recipients reached, 12 not reached, 7 or more without a result.',
    );
    expect(readFileSync(file('a.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('has every part of a campaign that is not over', async () => {
    await run('spring-2026', '--out', file('a.html'));

    const page = readFileSync(file('a.html'), 'utf8');

    expect(page).toContain('<code>ds-3</code> (still running');
    expect(page).toContain('<code>ds-2</code> (timed out');
    expect(page).toContain('1 notification that was announced');
    expect(page).toContain(
      'Slowest of those that completed: <code>ds-1</code>, <strong>1\u00a0min\u00a015\u00a0s</strong>',
    );
  });

  it('is of a campaign that is not over while one that timed out is tracked again', async () => {
    const summary = { logId: '#summary', campaignId: 'tried-again', outcome: 'timed-out', completedAt: AT };
    await holds({ ...summary, requestId: 'ds-7', expiresAt: NOW / 1000 + 86_400 });
    const started = JSON.stringify({ campaignId: 'tried-again', notifications: 1 });
    line.aws.campaigns.set('tried-again', { status: 'SUCCEEDED', startedAt: NOW - 120_000, input: started });
    const input = JSON.stringify({ requestId: 'ds-7', recipients: 3, campaignId: 'tried-again' });
    line.aws.executions.set('ds-7', { status: 'SUCCEEDED', startedAt: NOW - 90_000, input });
    line.aws.executions.set('ds-7--2', { status: 'RUNNING', startedAt: NOW - 60_000, input });

    await run('tried-again', '--out', file('a.html'));

    const page = readFileSync(file('a.html'), 'utf8');
    expect(page).toContain('The campaign tried-again is not over yet');
    expect(page).toContain('make this page again');
  });

  it('is about a notification where the id is one', async () => {
    const { stdout } = await run('ds-1', '--out', file('a.html'), '--json');

    expect(JSON.parse(stdout)).toMatchObject({ id: 'ds-1', headline: '4 of 10 recipients were not reached' });
  });

  it('has no address, and no reason that fewer than three people share', async () => {
    await run('spring-2026', '--out', file('a.html'));

    const page = readFileSync(file('a.html'), 'utf8');

    expect(page).toContain('p…0@example.com');
    expect(page).not.toContain('person.0@');
    expect(page).not.toContain('Busy 1');
    expect(page).toContain('other (reasons that fewer than 3 people share)');
  });

  it('has addresses and every reason with --show-addresses', async () => {
    await run('spring-2026', '--out', file('a.html'), '--show-addresses');

    const page = readFileSync(file('a.html'), 'utf8');

    expect(page).toContain('person.0@example.com');
    expect(page).toContain('Busy 1');
  });

  it('may be read by its owner only', async () => {
    await run('spring-2026', '--out', file('a.html'));

    expect(statSync(file('a.html')).mode & 0o777).toBe(0o600);
  });
});

describe('CSV', () => {
  it('goes to standard output, with a number for each person', async () => {
    const { stdout } = await run('spring-2026', '--csv');

    const lines = stdout.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + 12);
    expect(lines[0]).toBe('notification,recipient,person,reason,channel,time');
    expect(lines[1]).toMatch(/^ds-1,p…0@example.com,1,Busy,ivr,2026-/);
    expect(lines[5]).toMatch(/^ds-2,p…0@example.com,1,Busy,ivr,2026-/);
    expect(lines[9]).toMatch(/^ds-3,p…0@example.com,1,other,ivr,2026-/);
  });

  it('ends quietly where nobody reads it any more', async () => {
    const command = [
      'bin/delivery-tracker.ts',
      'report',
      'spring-2026',
      '--csv',
      '--stack',
      'DeliveryTracker',
    ];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });

    child.stdout.destroy();

    const [complaint, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect([status, complaint]).toEqual([0, '']);
  });

  it('goes to a file', async () => {
    const { status } = await run('ds-1', '--csv', '--out', file('a.csv'), '--show-addresses');

    expect(status).toBe(0);
    expect(readFileSync(file('a.csv'), 'utf8')).toContain('ds-1,person.0@example.com,,Busy,ivr,');
  });
});

describe('it refuses', () => {
  it('an id of which nothing is known, and leaves no file', async () => {
    const ran = await run('ds-unknown', '--out', file('a.html'));

    expect([ran.status, ran.code]).toEqual([4, 'NOTHING_TO_REPORT']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('what can be no id', async () => {
    expect((await run('a b', '--csv')).code).toBe('WRONG_USAGE');
  });

  it('a page without a place', async () => {
    const ran = await run('spring-2026');

    expect([ran.status, ran.code]).toEqual([2, 'WRONG_USAGE']);
    expect(ran.stderr).toContain('--out');
  });

  it('a file that is there already, and leaves it as it is', async () => {
    writeFileSync(file('a.html'), 'mine');

    const ran = await run('spring-2026', '--out', file('a.html'));

    expect([ran.status, ran.code]).toEqual([5, 'FILE_EXISTS']);
    expect(readFileSync(file('a.html'), 'utf8')).toBe('mine');
  });

  it.each([
    ['a folder that is not there', 'none/a.html'],
    ['a folder for a file', '.'],
  ])('%s', async (_, name) => {
    const ran = await run('spring-2026', '--out', file(name), '--force');

    expect([ran.status, ran.code]).toEqual([1, 'FILE_NOT_WRITTEN']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('nothing where --force is given', async () => {
    writeFileSync(file('a.html'), 'old');

    expect((await run('spring-2026', '--out', file('a.html'), '--force')).status).toBe(0);
    expect(readFileSync(file('a.html'), 'utf8')).not.toBe('old');
  });

  it('to go on after Ctrl-C, and leaves no part of a file', async () => {
    const ran = await runIn({ interrupted: AbortSignal.abort() }, 'spring-2026', '--out', file('a.html'));

    expect([ran.status, ran.code]).toEqual([130, 'INTERRUPTED']);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(file('a.html'))).toBe(false);
  });
});
