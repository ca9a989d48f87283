/** Commands that the command line suggests can be pasted into the shell in which it was called. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandText, programName } from '../../../cli/command-text.ts';
import { program } from '../../../cli/program.ts';
import { openSession, type World } from '../../../cli/session.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

const WORLD = {
  program: 'npx delivery-tracker',
  terminal: { stdout: process.stdout },
} as unknown as World;

describe('hints begin as the command line was called', () => {
  it.each([
    ['in a clone', '/clone/bin/delivery-tracker.ts', {}, 'npm run --silent delivery-tracker --'],
    ['by npx', '/home/ann/.npm/_npx/1/delivery-tracker', { npm_command: 'exec' }, 'npx delivery-tracker'],
    ['by an app’s script', '/app/node_modules/.bin/delivery-tracker', {}, 'npx delivery-tracker'],
    ['by its name', '/usr/local/bin/delivery-tracker', {}, 'delivery-tracker'],
    [
      'by a package manager’s script',
      '/usr/bin/delivery-tracker',
      { npm_command: 'run-script' },
      'delivery-tracker',
    ],
  ])('%s', (_, script, environment, name) => {
    expect(programName(script, environment)).toBe(name);
  });
});

it('hints repeat what chose the tracker', () => {
  const command = commandText('npx delivery-tracker', {
    profile: 'prod',
    region: 'eu-west-1',
    stack: 'Orders',
    tracker: 'Two',
  });

  expect(command('show', 'ds-1')).toBe(
    'npx delivery-tracker show ds-1 --profile prod --region eu-west-1 --stack Orders --tracker Two',
  );
});

it.each([
  ['spaces', 'my profile', "'my profile'"],
  ['quotes', "o'brien", "'o'\\''brien'"],
  ['what a shell expands', '$(reboot)', "'$(reboot)'"],
  ['nothing', '', "''"],
])('an argument with %s is quoted for the shell', (_, argument, quoted) => {
  expect(commandText('delivery-tracker')('show', argument)).toBe(`delivery-tracker show ${quoted}`);
});

describe('a hint', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await commandLine();
  });
  afterAll(() => line.close());

  it('after a pause resumes the bot of the same tracker', async () => {
    const { stdout } = await line.run('pause', 'st-1', '--stack', 'DeliveryTracker');

    expect(stdout).toContain('To go on: npx delivery-tracker resume st-1 --stack DeliveryTracker\n');
  });

  it('of an error has a line of its own', async () => {
    const { stderr } = await line.run('show', 'ds-unknown', '--stack', 'DeliveryTracker');

    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/begin to track it\. \(NO_SUCH_TRACKING\)$/),
      '  npx delivery-tracker start ds-unknown --stack DeliveryTracker',
      '',
    ]);
  });

  it('of an error is a field for a machine', async () => {
    const { stderr } = await line.run('show', 'ds-unknown', '--json');

    expect(JSON.parse(stderr).error.next).toEqual(['npx delivery-tracker start ds-unknown']);
  });

  it('in a file that is passed on names no profile', () => {
    const { commandForOthers } = openSession({ profile: 'ann-admin', stack: 'Orders' }, WORLD);

    expect(commandForOthers('report', 'ds-1')).toBe('npx delivery-tracker report ds-1 --stack Orders');
  });
});

describe('no text of the command line', () => {
  const CLI = join(import.meta.dirname, '..', '..', '..', 'cli');
  const files = readdirSync(CLI, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const filesWith = (text: RegExp) =>
    files.filter((file) => text.test(withoutComments(readFileSync(join(CLI, file), 'utf8')))).sort();

  it('names a command without saying how it is called here', () => {
    const names = program(WORLD, '1.2.3', () => {}).commands.map((command) => command.name());

    expect(filesWith(new RegExp(`delivery-tracker (${names.join('|')}) `))).toEqual([]);
  });

  it('sends its reader to a page that may not be on that machine', () => {
    expect(filesWith(/docs\//)).toEqual([]);
  });
});

function withoutComments(code: string): string {
  return code.replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, '');
}
