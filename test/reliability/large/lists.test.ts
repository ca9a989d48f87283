/** Lists that are printed whole: in little memory, and only as far as somebody reads them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../cli/main.ts';
import { connect } from '../../../cli/tracker/aws-clients.ts';
import { bundleCommandLine } from '../../../package/bundle.ts';
import { type CommandLine, commandLine } from '../../cli/command-line.ts';
import { addressOf, type ManyFailures, manyFailures, REASON } from './many-failures.ts';

const DAY = new Date().toISOString().slice(0, 10);
const SHARDS = 16;
const FAILURES = 100_000;
const MOST_MEGABYTES = 150;
const LIST = ['failures', '--stream-id', 'st-1', '--since', DAY, '--all', '--output', 'csv'];
/** Says at the end how many KB a process took at most. `resourceUsage` would count those of the process that started it as well. */
const MEASURE = `data:text/javascript,${encodeURIComponent(
  'import { readFileSync } from "node:fs";' +
    'process.on("exit", () => process.stderr.write(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]));',
)}`;
/** What is installed is one file of JavaScript; to read many of TypeScript takes memory of its own. */
const built = mkdtempSync(join(tmpdir(), 'built-'));
const COMMAND = join(built, 'delivery-tracker.mjs');

let line: CommandLine;
let table: ManyFailures;
beforeAll(async () => {
  line = await commandLine();
  table = await manyFailures(DAY, FAILURES / SHARDS);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.origin);
  await bundleCommandLine(built);
});
afterAll(async () => {
  await line.close();
  await table.close();
  rmSync(built, { recursive: true });
});

it.skipIf(process.platform !== 'linux')(
  'prints 100,000 failures as CSV in less than 150 MB',
  // When V8 collects depends on what else the machine does.
  { timeout: 60_000, retry: 2 },
  async () => {
    const child = spawn(process.execPath, ['--import', MEASURE, COMMAND, ...LIST]);
    let lines = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) lines += 1;
    });
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);

    expect([child.exitCode, lines]).toEqual([0, FAILURES + 1]);
    expect(Number(stderr) / 1024).toBeLessThan(MOST_MEGABYTES);
  },
);

it('is read back by a library for CSV, every failure as it was written', async () => {
  const child = spawn(process.execPath, [COMMAND, ...LIST, '--show-addresses']);
  const csv = await text(child.stdout);

  const records = parse<Record<string, string>>(csv, { columns: true });
  const wrong = records.filter(({ logId = '', recipient, reason, status }) => {
    const [, index = ''] = /^nl-\d+-(\d+)$/.exec(logId) ?? [];
    return recipient !== addressOf(Number(index)) || reason !== REASON || status !== 'FAILURE';
  });
  expect(new Set(records.map(({ logId }) => logId)).size).toBe(FAILURES);
  expect(wrong).toEqual([]);
}, 60_000);

it('ends quietly where the pipe is closed, as by head, and reads no further', async () => {
  const before = table.queries();
  const script = ['"$@" | head -2; echo "status $', '{PIPESTATUS[0]}"'].join('');
  const child = spawn('bash', ['-c', script, 'bash', process.execPath, COMMAND, ...LIST]);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);

  expect(stdout.split('\n').slice(-2)).toEqual(['status 0', '']);
  expect(stdout.split('\n')).toHaveLength(4);
  expect(stderr).toBe('');
  expect(table.queries() - before).toBeLessThan(FAILURES / 250);
}, 60_000);

it('ends quietly where its output is closed while it waits for it', async () => {
  const stdout = new Writable({
    highWaterMark: 1,
    write(_, __, done) {
      done(Object.assign(new Error('closed'), { code: 'EPIPE' }));
    },
  });
  stdout.on('error', () => {});
  const errors: string[] = [];
  const stderr = new Writable({
    write(chunk, _, done) {
      errors.push(String(chunk));
      done();
    },
  });
  const before = table.queries();

  const status = await runCommandLine(
    LIST,
    {
      program: 'delivery-tracker',
      terminal: { stdout, stderr, colours: false, confirm: undefined },
      environment: {},
      interrupted: new AbortController().signal,
      clock: { now: Date.now, sleep: async () => {} },
      readInput: async () => '',
      connect,
    },
    '1.2.3',
  );

  expect([status, errors]).toEqual([0, []]);
  expect(table.queries() - before).toBeLessThan(40);
});

it('reads no faster than its output is taken', async () => {
  let taken = 0;
  const stdout = new Writable({
    highWaterMark: 1,
    write(_, __, done) {
      taken += 1;
      // Never done with the second piece.
      if (taken < 2) done();
    },
  });
  const before = table.queries();
  void runCommandLine(
    LIST,
    {
      program: 'delivery-tracker',
      terminal: { stdout, stderr: stdout, colours: false, confirm: undefined },
      environment: {},
      interrupted: new AbortController().signal,
      clock: { now: Date.now, sleep: async () => {} },
      readInput: async () => '',
      connect,
    },
    '1.2.3',
  );
  await vi.waitFor(() => expect(taken).toBe(2), 10_000);
  await new Promise((resolve) => setTimeout(resolve, 300));

  expect(table.queries() - before).toBeLessThan(60);
});
