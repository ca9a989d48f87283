/** Every output on terminals of 60, 80 and 120 columns: no line is longer than the terminal, and ids stay whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tableLayout } from '../../../cli/display/table-layout.ts';
import { displayWidth, wrapped } from '../../../cli/text/wrapped.ts';
import { CAMPAIGN, fillCampaign } from '../campaign/campaign-in-table.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { delivered, ended, NOW } from '../delivered.ts';

/** As long as Kore's. */
const NOTIFICATION = 'ds-30bd9810-c2f0-5d3c-a6ee-4cbba1d2ddca';
const BOT = 'st-736ff917-d836-55b4-9a6b-3dad20c09af3';
const REASON =
  'The recipient could not be reached, because the number that the directory has for them is not in use';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());
beforeEach(async () => {
  await fillCampaign(line);
  const input = JSON.stringify({
    requestId: NOTIFICATION,
    streamId: BOT,
    campaignId: CAMPAIGN,
    recipients: 24,
  });
  const events = line.aws.executions.get('ds-running')?.events ?? [];
  line.aws.executions.set(NOTIFICATION, {
    status: 'FAILED',
    startedAt: NOW - 9e5,
    endedAt: NOW,
    input,
    events,
  });
  await ended(line, NOTIFICATION, {
    ...{ campaignId: CAMPAIGN, streamId: BOT, outcome: 'failed', durationSeconds: 4_000 },
    counts: { total: 1, delivered: 0, failed: 1 },
    error: { code: 'OUT_OF_CALL_BUDGET', message: `${REASON}. ${REASON}.` },
  });
  await delivered(line, NOTIFICATION, BOT, ['maximilian.mustermann@example.com', 'FAILURE', 1, REASON]);
});

const COMMANDS: readonly (readonly string[])[] = [
  ['failures'],
  ['failures', '--all'],
  ['failures', '--campaign', CAMPAIGN],
  ['recipient', 'maximilian.mustermann@example.com'],
  ['list'],
  ['list', '--failed'],
  ['list', '--campaign', CAMPAIGN],
  ['show', NOTIFICATION],
  ['campaign', CAMPAIGN],
  ['watch', NOTIFICATION],
  ['retrack', '--campaign', CAMPAIGN, '--failed', '--dry-run'],
];

describe.each([60, 80, 120])('on %i columns', (columns) => {
  it.each(COMMANDS.map((argv) => ({ argv })))('$argv fits, and its ids are whole', async ({ argv }) => {
    const { status, stdout } = await line.runIn({ now: NOW, onTerminal: true, columns }, ...argv);

    // The live display moves about, and keeps the terminal from breaking its own line, which may be cut.
    const lines = stdout.split(/\r?\n|\r|\p{Cc}\[[?\d;]*[A-Za-z]/u).filter((text) => !/[█░]/.test(text));
    expect([0, 1]).toContain(status);
    expect(lines.filter((text) => !isProse(text) && displayWidth(text) > columns)).toEqual([]);
    expect(stdout).toContain(NOTIFICATION);
  });
});

/** A sentence may go on on the next line, where the terminal breaks it. */
function isProse(text: string): boolean {
  return /^(Watching|Failures|Sent to) /.test(text);
}

describe('a table', () => {
  const terminal = (columns: number) => ({
    colours: false,
    stdout: Object.assign(Object.create(null), { isTTY: true, columns }),
  });
  const rows = [
    ['ds-1', 'a long reason that goes on and on'],
    ['ds-2', 'short'],
  ];
  const linesOn = (columns: number) => {
    const layout = tableLayout(terminal(columns), ['notification', 'reason'], rows);
    return [...layout.head, ...layout.linesOf(rows)];
  };

  it('has columns where there is room', () => {
    expect(linesOn(60)).toEqual([
      'notification  reason',
      'ds-1          a long reason that goes on and on',
      'ds-2          short',
    ]);
  });

  it('wraps its last column where there is less', () => {
    expect(linesOn(40)).toEqual([
      'notification  reason',
      'ds-1          a long reason that goes on',
      '              and on',
      'ds-2          short',
    ]);
  });

  it('is a list of names and values where there is none', () => {
    expect(linesOn(28)).toEqual([
      '',
      'notification  ds-1',
      'reason        a long reason',
      '              that goes on',
      '              and on',
      '',
      'notification  ds-2',
      'reason        short',
    ]);
  });

  it('lays out later rows as the first ones', () => {
    const layout = tableLayout(terminal(60), ['notification', 'reason'], rows);

    expect(layout.linesOf([['ds-10000000000', 'x']])).toEqual(['ds-100000000  x', '00']);
  });

  it('has no end where it is no terminal', () => {
    const layout = tableLayout({ colours: false }, ['id', 'reason'], [['1', 'x'.repeat(500)]]);

    expect(layout.linesOf([['1', 'x'.repeat(500)]])).toEqual([`1   ${'x'.repeat(500)}`]);
  });
});

describe('a wrapped text', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['日本語のテキスト', 6, ['日本語', 'のテキ', 'スト']],
    ['zoe\u0308 zoe\u0308', 3, ['zoe\u0308', 'zoe\u0308']],
    ['👩‍👩‍👧👩‍👩‍👧', 2, ['👩‍👩‍👧', '👩‍👩‍👧']],
    ['', 5, ['']],
  ])('%s in %i columns', (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });
});
