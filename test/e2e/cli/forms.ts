/** The commands that `campaign.ts` does not run, on terminals of each width and in each form for a machine. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { course, type Scenario, SECRET, STREAM_ID, send } from '../scenarios.ts';
import { type Ran, runCommand, runOnTerminalOf } from './command-line.ts';

export const WIDTHS = [60, 80, 120];
export const ADDRESS = /recipient\.\d+@/;
const CAMPAIGN_ID = 'campaign-of-forms';
/** Exit status of `doctor` where it has found something (`delivery-tracker --help`). */
const FOUND = 7;

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
  name: 'delivery-tracker, whatever else it does, in each form and width',
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
        ['start-campaign', CAMPAIGN_ID, '--notifications', '1'],
        ['start', requestId, '--stream-id', STREAM_ID],
        ['start', requestId, '--stream-id', STREAM_ID],
        ['stop', requestId],
        ['retrack', requestId],
        ['retrack', '--since', '1h', '--failed', '--dry-run'],
        // Nobody to whom anything is delivered meanwhile.
        ['forget', `recipient.010${index}@example.com`, '--yes'],
        ['pause', `st-form-${name}`],
        ['resume', `st-form-${name}`],
        ['credentials', 'set', '--file', file],
        ['credentials', 'check', '--call', '--stream-id', STREAM_ID],
        ['doctor'],
        ['retrack', '--campaign', CAMPAIGN_ID, '--failed', '--dry-run'],
      ];
      for (const args of commands) {
        const { status, stdout, stderr } = await run(args);
        const isDone = status === 0 || (status === FOUND && args[0] === 'doctor');
        assert.ok(isDone, `${args.join(' ')}: ${stdout}${stderr}`);
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
