/** `delivery-tracker` on a campaign: started from a file, read in each form and on terminals of each width, and reported. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fields } from '../account.ts';
import { course, oneInEight, RECIPIENTS, type Scenario, STREAM_ID } from '../scenarios.ts';
import { runCommand, runJson, runOnTerminalOf } from './command-line.ts';
import { ADDRESS, brokenRows, WIDTHS } from './forms.ts';

const CAMPAIGN_ID = 'campaign-by-hand';
const IDS = Array.from({ length: 6 }, (_, index) => `ds-by-hand-${index}`);
const NOT_REACHED = 3 * IDS.length;
/** Follows a tracking, so it has one document for each line where others have one in all. */
const WATCHING = ['watch', 'ds-by-hand-0'];
/** Exit status (`delivery-tracker --help`). */
const NOT_FOUND = 4;
/** Each only reads; how many records it has for a machine, at least. */
const READING: readonly (readonly [args: readonly string[], records: number])[] = [
  [['campaign', CAMPAIGN_ID], 1],
  [['failures', '--campaign', CAMPAIGN_ID], NOT_REACHED],
  [['list', '--campaign', CAMPAIGN_ID], IDS.length],
  [['show', 'ds-by-hand-0'], 1],
  [['recipient', 'recipient.0006@example.com', '--limit', '200'], IDS.length],
  [['failures', '--since', '1h', '--limit', '50'], NOT_REACHED],
  [['list', '--limit', '50'], IDS.length],
  [['logs', 'ds-by-hand-0'], 1],
  [['dead-letters', 'list'], 0],
];
export const CLI_CAMPAIGN: Scenario = {
  name: 'delivery-tracker on a campaign: start, campaign, failures, list, report, in each form and width',
  async run({ kore }) {
    const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-campaign-'));
    try {
      const ids = join(folder, 'ids.txt');
      writeFileSync(ids, IDS.map((id) => `${id},${STREAM_ID},${RECIPIENTS}\n`).join(''));
      for (const requestId of IDS) {
        const takes = course({ durationSeconds: 10, fails: oneInEight });
        kore.send({ requestId, streamId: STREAM_ID, recipients: RECIPIENTS, course: takes });
      }
      const start = ['start', '--from-file', ids, '--campaign', CAMPAIGN_ID];
      assert.equal((await runOnTerminalOf(80, ...start)).status, 0);
      await assertGoesOn();
      const watched = await runOnTerminalOf(80, ...start, '--watch');
      assert.equal(watched.status, 0, watched.stdout);

      for (const [args, records] of READING) {
        await Promise.all([assertFits(args), assertForms(args, records)]);
      }
      await assertFits(WATCHING);
      assert.equal((await runJson(...WATCHING)).documents.at(-1)?.state, 'complete');
      await assertReports(folder);
      await assertNothingToDo();
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Of a campaign that is not over, too, there is something to say. */
async function assertGoesOn(): Promise<void> {
  const { documents } = await runJson('campaign', CAMPAIGN_ID, '--running');
  assert.ok(documents[0]?.notifications.running > 0);
  for (const id of [CAMPAIGN_ID, 'ds-by-hand-0']) {
    assert.equal((await runCommand(['report', id, '--csv']).ended).status, 0);
  }
}

async function assertFits(args: readonly string[]): Promise<void> {
  for (const columns of WIDTHS) {
    const { status, stdout } = await runOnTerminalOf(columns, ...args);
    assert.equal(status, 0, stdout);
    assert.doesNotMatch(stdout, ADDRESS);
    assert.deepEqual(brokenRows(stdout, columns), []);
  }
}

async function assertForms(args: readonly string[], records: number): Promise<void> {
  const form = async (output: string) => {
    const { status, stdout, stderr } = await runCommand([...args, '--output', output]).ended;
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stdout, ADDRESS);
    return stdout;
  };
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

  assert.equal(typeof (JSON.parse(await form('json')) as Fields), 'object');
  const ndjson = lines(await form('ndjson')).map((line) => JSON.parse(line) as Fields);
  assert.ok(ndjson.length >= records, `${ndjson.length} records of ${args.join(' ')}`);
  assert.ok(lines(await form('csv')).length > records);
}

async function assertReports(folder: string): Promise<void> {
  const page = join(folder, 'report.html');
  const report = (...args: string[]) => runCommand(['report', CAMPAIGN_ID, ...args]).ended;

  assert.equal((await report('--out', page)).status, 0);
  const html = readFileSync(page, 'utf8');
  assert.match(html, /^<!doctype html>/i);
  assert.match(html, new RegExp(`${NOT_REACHED} of ${IDS.length * RECIPIENTS} recipients were not reached`));
  assert.doesNotMatch(html, ADDRESS);

  const again = await report('--out', page);
  assert.match(again.stderr, /FILE_EXISTS/);
  assert.equal((await report('--out', page, '--force')).status, 0);

  const { stdout } = await report('--csv', '--show-addresses');
  assert.equal(stdout.match(new RegExp(ADDRESS, 'g'))?.length, NOT_REACHED);
}

async function assertNothingToDo(): Promise<void> {
  const again = await runJson('start-campaign', CAMPAIGN_ID, '--notifications', String(IDS.length));
  assert.deepEqual([again.status, again.documents[0]?.started], [0, false]);
  for (const args of [
    ['campaign', 'no-such-campaign'],
    ['report', 'no-such-campaign', '--csv'],
  ]) {
    const { status, stderr } = await runCommand(args).ended;
    assert.equal(status, NOT_FOUND);
    assert.match(stderr, /no-such-campaign/);
  }
  const { status, stdout, stderr } = await runCommand([
    ...['retrack', '--campaign', CAMPAIGN_ID, '--failed', '--timed-out', '--dry-run'],
  ]).ended;
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stdout, /ds-by-hand/);
}
