/** `start --from-file`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batchOf, startBatch } from '../../../cli/batch/start-batch.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'ids-'));
const IDS = Array.from({ length: 60 }, (_, i) => `ds-${i}`);
let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await line.close();
});
beforeEach(() => line.aws.executions.clear());

function file(lines: readonly string[]): string {
  const name = join(folder, `${Math.random()}.txt`);
  writeFileSync(name, lines.join('\n'));
  return name;
}
const start = (name: string, ...options: string[]) => [
  'start',
  '--from-file',
  name,
  '--rate',
  '1000',
  ...options,
];

describe('start --from-file', () => {
  it('starts each id once, however often it runs', async () => {
    const name = file([...IDS, 'ds-0']);

    const first = await line.run(...start(name, '--stream-id', 'st-1'));
    const second = await line.run(...start(name, '--json'));

    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toBe(
      '60 notifications: 60 started, 0 already tracked, 0 failed.\n1 lines repeated others.\n',
    );
    expect(JSON.parse(line.aws.executions.get('ds-9')?.input ?? '')).toEqual({
      requestId: 'ds-9',
      streamId: 'st-1',
    });
    expect(second.document).toEqual({
      total: 60,
      started: 0,
      alreadyTracked: 60,
      failed: 0,
      notStarted: 0,
      repeated: 1,
      failures: [],
    });
  });

  it('shows a bar on a terminal', async () => {
    const { stderr } = await line.runIn({ onTerminal: true }, ...start(file(IDS)));

    expect(stderr).toContain('0 of 60: starting');
    expect(stderr).toContain('100 %  60 of 60: 60 started, 0 already tracked, 0 failed');
  });

  it('says a line now and then elsewhere', async () => {
    const now = Date.now();
    let reads = 0;
    const later = {
      get now() {
        return now + reads++ * 1000;
      },
    };

    const { stderr } = await line.runIn(later, ...start(file(IDS)));

    expect(stderr.split('\n').length).toBeGreaterThan(3);
    expect(stderr).toMatch(/^\d+ of 60: \d+ started, 0 already tracked, 0 failed$/m);
  });

  it('starts nothing where a line is wrong', async () => {
    const ran = await line.run(...start(file(['ds-1', 'ds 2'])));

    expect(ran).toMatchObject({ status: 2, code: 'INVALID_IDS_FILE', stdout: '' });
    expect(ran.stderr).toContain('line 2: requestId "ds 2"');
    expect(line.aws.executions.size).toBe(0);
  });

  it('goes on past an id that cannot be started, and says which', async () => {
    line.aws.refuse('StartExecution', 'InvalidName');
    const { status, stdout } = await line.run(...start(file(IDS)));
    line.aws.refuse('StartExecution');

    expect(status).toBe(1);
    expect(stdout).toContain('60 notifications: 0 started, 0 already tracked, 60 failed.');
    expect(stdout).toMatch(/^ {2}ds-\d+: states:StartExecution failed: InvalidName/m);
    expect(stdout).toContain('and 55 more');
    expect(stdout).toContain('Run the same command again');
  });

  it('ends where no further start could succeed', async () => {
    line.aws.refuse('StartExecution', 'ExpiredTokenException');
    const { status, code, document } = await line.run(...start(file(IDS), '--json', '--rate', '20'));
    line.aws.refuse('StartExecution');

    expect([status, code]).toEqual([6, 'CREDENTIALS_EXPIRED']);
    expect(document.failed).toBeLessThan(10);
    expect(document.notStarted + document.failed).toBe(60);
  });

  it('says at Ctrl-C what was done so far', async () => {
    const interruption = new AbortController();
    line.aws.beforeNext('StartExecution', () => setTimeout(() => interruption.abort(), 150));

    const { status, document } = await line.runIn(
      { interrupted: interruption.signal },
      ...start(file(IDS), '--json', '--rate', '50'),
    );

    expect(status).toBe(130);
    expect(document.started).toBe(line.aws.executions.size);
    expect(document.notStarted).toBe(60 - document.started);
    expect(document.started).toBeGreaterThan(0);
    expect(document.started).toBeLessThan(60);
  });
});

it('starts no more in a second than it is told to, evenly, and few at once', async () => {
  const startedAt = performance.now();
  const times: number[] = [];
  let atOnce = 0;
  let most = 0;

  await startBatch(
    batchOf(IDS.map((requestId) => ({ requestId }))),
    async () => {
      times.push(performance.now() - startedAt);
      most = Math.max(most, ++atOnce);
      await sleep(5);
      atOnce -= 1;
      return { executionArn: '', alreadyTracked: false };
    },
    { rate: 120, signal: new AbortController().signal, onProgress: () => {} },
  );

  for (let end = 100; end < 500; end += 100) {
    expect(times.filter((time) => time < end).length).toBeLessThanOrEqual(120 * (end / 1000) + 12);
  }
  expect(times.at(-1)).toBeLessThan(1_000);
  expect(most).toBeLessThanOrEqual(50);
});
