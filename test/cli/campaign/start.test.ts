/** `start --from-file`: from where the ids come, in a dry run, and watched. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';
import { ended, NOW } from '../delivered.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
const IDS = join(folder, 'ids.txt');
let line: CommandLine;
beforeAll(async () => {
  writeFileSync(IDS, 'ds-1\nds-2\n');
  line = await commandLine();
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

describe('a file of ids', () => {
  it('may be standard input', async () => {
    const { status } = await line.runIn({ input: 'ds-7\nds-8,st-8\n' }, 'start', '--from-file', '-');

    expect(status).toBe(0);
    expect([...line.aws.executions.keys()].sort()).toEqual(['ds-7', 'ds-8']);
  });

  it.each(['/nowhere', folder])('that cannot be read starts nothing: %s', async (file) => {
    const ran = await line.run('start', '--from-file', file, '--campaign', 'spring-2026');

    expect(ran).toMatchObject({ status: 2, code: 'FILE_UNREADABLE', stdout: '' });
    expect(ran.stderr).toMatch(/cannot be read \((ENOENT|EISDIR)\)\. Nothing was started/);
    expect(line.aws.operations).toEqual([]);
  });
});

describe('a dry run', () => {
  it('says what would be started, and starts nothing', async () => {
    const { status, stdout } = await line.run(
      ...['start', '--from-file', IDS, '--campaign', 'spring-2026', '--dry-run'],
    );

    expect(status).toBe(0);
    expect(stdout).toBe(
      'The campaign spring-2026 would be tracked, with 2 notifications.\n2 notifications would be started, unless they are tracked already. Nothing was started.\n',
    );
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('finds a campaign with another number of notifications', async () => {
    await line.run('start-campaign', 'spring-2026', '--notifications', '3');
    line.aws.operations.length = 0;

    const ran = await line.run('start', '--from-file', IDS, '--campaign', 'spring-2026', '--dry-run');

    expect(ran).toMatchObject({ status: 5, code: 'CAMPAIGN_DIFFERS', stdout: '' });
    expect(line.aws.operations).not.toContain('StartExecution');
  });

  it('of one notification starts nothing either', async () => {
    const { stdout } = await line.run('start', 'ds-1', '--dry-run');

    expect(stdout).toBe('ds-1 would be tracked. Nothing was started.\n');
    expect(line.aws.operations).not.toContain('StartExecution');
  });
});

it('starts the campaign of a file, and watches it to its end', async () => {
  const onSleep = async () => {
    await ended(line, 'ds-1', { campaignId: 'watched' });
    await ended(line, 'ds-2', { campaignId: 'watched' });
    const output = JSON.stringify({ outcome: 'complete' });
    Object.assign(line.aws.campaigns.get('watched') ?? {}, { status: 'SUCCEEDED', output });
  };

  const { status, stdout } = await line.runIn(
    { now: NOW, onSleep: onSleep as () => void },
    ...['start', '--from-file', IDS, '--campaign', 'watched', '--watch', '--output', 'ndjson'],
  );

  const documents = stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(status).toBe(0);
  expect(documents.map(({ type }) => type)).toEqual(['start', 'end']);
  expect(documents[0]).toMatchObject({ started: 2, campaign: { campaignId: 'watched' } });
  expect(documents[1]).toMatchObject({ state: 'complete', notifications: { expected: 2, complete: 2 } });
});
