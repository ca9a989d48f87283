/** Every command with texts of others that would take over the terminal, in every field that others may write. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOSTILE, MARK, obeyedIn } from '../hostile-text.ts';
import { type CommandLine, commandLine, type Surroundings } from './command-line.ts';
import { fillWithHostileValues, NOW, RECIPIENT } from './hostile-tracker.ts';

const SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:Credentials-abcdef';
const directory = mkdtempSync(join(tmpdir(), 'hostile-'));
const file = (name: string) => join(directory, name);

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
  writeFileSync(file('wrong'), `requestId\n${HOSTILE}\nds-1,${HOSTILE}\nds-2,st-1,${HOSTILE}\n`);
  writeFileSync(file('refused'), 'ds-new-1\nds-new-2\n');
  line.aws.stacks.set(
    'Two',
    ['a', 'b'].map((name) => tracker(`${name} ${HOSTILE}`)),
  );
  line.aws.stacks.set('WithSecret', [tracker(HOSTILE)]);
  line.aws.secrets.set(SECRET_ARN, '{"clientId":"cs-1","clientSecret":"s"}');
  line.aws.stacks.set('TooNew', [JSON.stringify({ ...line.tracker, version: 2, name: HOSTILE })]);
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return line.close();
});
/** XML, by which stacks are described, holds no such characters as they are. */
const tracker = (name: string) =>
  JSON.stringify({ ...line.tracker, name, apiScope: 'app-builder', secretArn: SECRET_ARN }).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

beforeEach(async () => {
  for (const operation of ['StartExecution', 'ListExecutions']) line.aws.refuse(operation);
  await fillWithHostileValues(line);
});

const COMMANDS: readonly (readonly string[])[] = [
  ...['running', 'complete', 'failed', 'stopped', 'rows', 'summary'].map((id) => ['show', `ds-${id}`]),
  ...['complete', 'failed', 'summary'].map((id) => ['watch', `ds-${id}`]),
  ...['running', 'failed'].map((id) => ['start', `ds-${id}`]),
  ['start', 'ds-failed', '--watch'],
  ['start', '--from-file', file('wrong')],
  ['start', '--from-file', file(HOSTILE)],
  ...[['list'], ['list', '--running']],
  ['recipient', RECIPIENT],
  ['recipient', `nobody ${RECIPIENT}`],
  ['failures', '--limit', '3'],
  ['failures', '--stream-id', 'st-1'],
  ['failures', '--all'],
  ['campaign', 'hostile'],
  ['campaign', 'hostile', '--running'],
  ['failures', '--campaign', 'hostile'],
  ['list', '--campaign', 'hostile'],
  ['report', 'hostile', '--csv'],
  ['report', HOSTILE, '--csv'],
  ['report', 'hostile', '--out', file(HOSTILE)],
  ['stop', 'ds-failed'],
  ['stop', HOSTILE],
  ['forget', RECIPIENT, '--yes'],
  ...['show', 'watch', 'start', 'retrack', 'pause', 'resume'].map((name) => [name, HOSTILE]),
  [HOSTILE],
  [`--${HOSTILE}`],
  ['start', 'ds-1', '--campaign', HOSTILE],
  ['start-campaign', HOSTILE, '--notifications', '1'],
  ['start-campaign', 'spring-2026', '--notifications', HOSTILE],
  ['failures', '--since', HOSTILE],
  ['list', '--limit', HOSTILE],
  ['list', '--stack', HOSTILE],
  ['list', '--stack', 'Two'],
  ['list', '--stack', 'Two', '--tracker', HOSTILE],
  ['credentials', 'check', '--stack', 'WithSecret'],
  ['credentials', 'check', '--call', '--stack', 'WithSecret'],
  ['start', 'ds-1', '--stack', 'WithSecret'],
];
/** They have nothing of others to say, or keep it to themselves. */
const SILENT: readonly (readonly string[])[] = [
  ['list', '--failed'],
  ['outdated'],
  // What it finds of others: test/cli/doctor/diagnosis.test.ts.
  ['doctor'],
  ...[
    ['credentials', HOSTILE],
    ['credentials', 'check', '--stream-id', HOSTILE],
  ],
  ...[
    ['stop', 'ds-running'],
    ['retrack', 'ds-running'],
    ['retrack', 'ds-failed'],
  ],
  ...[
    ['pause', 'st-paused'],
    ['resume', 'st-paused'],
    ['start', 'ds-1', '--correlation-id', HOSTILE],
  ],
  ['start-campaign', 'of-others', '--notifications', '1'],
  ['retrack', '--campaign', 'hostile', '--failed', '--dry-run'],
  ['failures', '--cursor', HOSTILE],
  ['campaign', 'of-others'],
  ...[
    ['list', '--stack', 'TooNew'],
    ['list', '--region', HOSTILE],
    ['list', '--profile', HOSTILE],
  ],
];

describe.each([...COMMANDS, ...SILENT].map((argv) => ({ argv })))('$argv', ({ argv }) => {
  it.each([
    [[]],
    [['--show-addresses']],
    [['--json']],
    [['--json', '--show-addresses']],
    [['--output', 'ndjson']],
    [['--output', 'csv', '--show-addresses']],
  ])('prints nothing that a terminal obeys with %j', async (options) => {
    const { stdout, stderr } = await run(...argv, ...options);

    // Records of CSV end so.
    expect(obeyedIn(stdout.replaceAll('\r\n', '\n'))).toEqual([]);
    expect(obeyedIn(stderr)).toEqual([]);
  });
});

describe.each([
  { operation: 'StartExecution', argv: ['start', '--from-file', file('refused')] },
  { operation: 'ListExecutions', argv: ['list'] },
])('an error of $operation', ({ operation, argv }) => {
  it.each([[[]], [['--json']]])('prints nothing that a terminal obeys with %j', async (options) => {
    line.aws.refuse(operation, `Failed ${HOSTILE}`);

    const { stdout, stderr } = await run(...argv, ...options);

    expect(obeyedIn(stdout + stderr)).toEqual([]);
    expect(stdout + stderr).toContain(MARK);
  });
});

it.each(COMMANDS.map((argv) => ({ argv })))('$argv shows the rest of what others wrote', async ({ argv }) => {
  const { stdout, stderr } = await run(...argv, '--show-addresses');

  expect(stdout + stderr).toContain(MARK);
});

it('lets a document say what others wrote, escaped', async () => {
  const { document } = await run('recipient', RECIPIENT, '--json', '--show-addresses');

  expect(document.deliveries[0].log.comments).toBe(HOSTILE);
});

it('draws nothing else that a terminal obeys while it watches', async () => {
  const { stdout } = await runIn({ onTerminal: true }, 'watch', 'ds-failed');

  // The bar's own.
  expect(obeyedIn(stdout.replaceAll(/\p{Cc}\[[?\d;]*[A-Za-z]/gu, ''))).toEqual([]);
  expect(stdout).toContain(MARK);
});

it('asks a person without what a terminal obeys', async () => {
  const questions: string[] = [];
  await runIn({ onQuestion: (question) => questions.push(question) }, 'forget', RECIPIENT);

  expect(questions).toHaveLength(1);
  expect(obeyedIn(questions.join())).toEqual([]);
});

const run = (...argv: string[]) => runIn({}, ...argv);

function runIn(surroundings: Surroundings, ...argv: string[]) {
  const environment = { DELIVERY_TRACKER_STACK: 'DeliveryTracker' };
  return line.runIn({ now: NOW, answer: true, environment, ...surroundings }, ...argv);
}
