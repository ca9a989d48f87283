/** What changes something in a deployment, on terminals of each width and in each form for a machine. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { course, type Scenario, SECRET, STREAM_ID, send } from '../scenarios.ts';
import { type Ran, runCommand, runOnTerminalOf } from './command-line.ts';

export const WIDTHS = [60, 80, 120];
export const ADDRESS = /recipient\.\d+@/;
const CAMPAIGN_ID = 'campaign-of-forms';
/** Everything is as it should be, or `doctor` has found something (`delivery-tracker --help`). */
const GOOD = [0, 7];

interface Form {
  readonly name: string;
  run(args: readonly string[]): Promise<Ran>;
  /** Lines that a terminal would break. */
  broken(text: string): string[];
}

const FORMS: readonly Form[] = [
  ...WIDTHS.map((columns) => ({
    name: `${columns}-columns`,
    run: (args: readonly string[]) => runOnTerminalOf(columns, ...args),
    broken: (text: string) => brokenRows(text, columns),
  })),
  ...['json', 'ndjson', 'csv'].map((output) => ({
    name: output,
    run: (args: readonly string[]) => runCommand([...args, '--output', output]).ended,
    broken: () => [],
  })),
];

export const CLI_FORMS: Scenario = {
  name: 'delivery-tracker start, stop, retrack, forget, pause, credentials, doctor, in each form and width',
  async run(world) {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-forms-'));
    const secretFile = join(folder, 'secret.json');
    writeFileSync(secretFile, SECRET, { mode: 0o600 });
    try {
      await Promise.all(FORMS.map((form, index) => assertForm(form, index, secretFile)));
    } finally {
      rmSync(folder, { recursive: true });
    }

    async function assertForm({ name, run, broken }: Form, index: number, file: string): Promise<void> {
      const requestId = `ds-form-${name}`;
      send(world, requestId, course({ durationSeconds: 60 }));
      const commands = [
        ['start', requestId, '--stream-id', STREAM_ID],
        ['stop', requestId],
        ['retrack', requestId],
        ['retrack', '--since', '1h', '--failed', '--dry-run'],
        ['forget', `recipient.000${index + 1}@example.com`, '--yes'],
        ['start-campaign', CAMPAIGN_ID, '--notifications', '1'],
        ['pause', `st-form-${name}`],
        ['resume', `st-form-${name}`],
        ['credentials', 'set', '--file', file],
        ['credentials', 'check', '--call', '--stream-id', STREAM_ID],
        ['doctor'],
      ];
      for (const args of commands) {
        const { status, stdout, stderr } = await run(args);
        assert.ok(GOOD.includes(status ?? -1), `${args.join(' ')}: ${stdout}${stderr}`);
        assert.doesNotMatch(stdout, ADDRESS);
        assert.deepEqual(broken(stdout), []);
      }
    }
  },
};

/** Cells stand apart by two spaces; a line of them that is longer than the terminal is broken by it. */
export function brokenRows(text: string, columns: number): string[] {
  return (
    text
      .split('\n')
      // A bar of progress is drawn over itself.
      .filter((line) => /\S {2,}\S/.test(line) && !/[█░]/.test(line) && line.length > columns)
  );
}
