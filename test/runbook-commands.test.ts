/** Every command of the runbook can be pasted: the command line takes it as it stands. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommandLine } from '../cli/main.ts';
import type { World } from '../cli/session.ts';
import { commandsIn } from './runbook-commands.ts';

/** Commands that come from elsewhere. */
const NOT_OURS = /^(aws|npx cdk) /;

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'runbook.md'), 'utf8');
const commands = [...new Set(commandsIn(page))];
const ours = commands.filter((command) => !NOT_OURS.test(command));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracker-runbook-'));
  writeFileSync(join(folder, 'ids.txt'), 'ds-1,st-1,2\n');
  writeFileSync(
    join(folder, 'secret.json'),
    '{"clientId":"cs-1","clientSecret":"a-secret-of-32-characters-or-more"}',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

it('has commands', () => {
  expect(ours.length).toBeGreaterThan(20);
});

it.each(ours)('%s', async (command) => {
  const [npx, program, ...argv] = command
    .replace('ds-…', 'ds-1')
    .replace('st-…', 'st-1')
    .replace('CODE', 'UNEXPECTED_ERROR')
    .replace(/ids\.txt|secret\.json/, (file) => join(folder, file))
    .split(' ');

  const { complaint, connected } = await run(argv);

  expect([npx, program]).toEqual(['npx', 'delivery-tracker']);
  expect(complaint).toContain('(UNEXPECTED_ERROR)');
  expect(connected).toBe(true);
});

/** Goes on until it would ask AWS, after it has read its arguments. */
async function run(argv: readonly string[]) {
  let complaint = '';
  let connected = false;
  const sink = new Writable({
    write(chunk, _, done) {
      complaint += String(chunk);
      done();
    },
  });
  const world: World = {
    program: 'npx delivery-tracker',
    terminal: { stdout: sink, stderr: sink, colours: false, confirm: async () => false },
    environment: {},
    interrupted: new AbortController().signal,
    clock: { now: Date.now, sleep: async () => {} },
    readInput: async () => '',
    connect() {
      connected = true;
      throw new Error('There is no AWS here.');
    },
  };
  await runCommandLine(argv, world, '1.2.3');
  return { complaint, connected };
}
