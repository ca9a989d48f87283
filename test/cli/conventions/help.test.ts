/** Help fits the terminal, and shows how each command is used. */
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf } from '../../../cli/commands/examples.ts';
import { commandLines } from '../../../cli/display/help-format.ts';
import { program } from '../../../cli/program.ts';
import type { World } from '../../../cli/session.ts';
import { displayWidth } from '../../../cli/text/wrapped.ts';
import { type CommandLine, commandLine } from '../command-line.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => line.close());

const COMMANDS = leavesOf(commands()).map(([name]) => name);
const helpAt = async (columns: number, ...argv: string[]) =>
  (await line.runIn({ onTerminal: true, columns }, ...argv)).stdout;

describe.each([['--help'], ...COMMANDS.map((name) => `${name} --help`)].flat())('%s', (words) => {
  const argv = words.split(' ');

  it.each([40, 60, 80, 200])('fits %i columns', async (columns) => {
    const lines = (await helpAt(columns, ...argv)).split('\n');

    expect(lines.filter((text) => displayWidth(text) > columns)).toEqual([]);
  });

  it('breaks no word at 60 columns', async () => {
    const wordsOf = (help: string) => help.split(/\s+/).filter((word) => word !== '\\');

    expect(wordsOf(await helpAt(60, ...argv))).toEqual(wordsOf(await helpAt(200, ...argv)));
  });
});

describe.each(COMMANDS)('%s', (name) => {
  it('has examples in its help, as they are typed here', async () => {
    const { stdout } = await line.run(...name.split(' '), '--help');

    expect(stdout).toMatch(new RegExp(`\nExamples:\n  npx delivery-tracker ${name}( |\n)`));
  });

  it('takes each of its examples', async () => {
    for (const example of examplesOf(name)) {
      const all = commands();
      const ran: string[] = [];
      for (const [one, command] of leavesOf(all)) command.action(() => void ran.push(one));

      await all.parseAsync(example.split(' '), { from: 'user' });

      expect(ran).toEqual([name]);
    }
  });
});

it('an example that is too long for a line goes on after a backslash, so that it can be pasted', () => {
  const lines = commandLines('npx delivery-tracker failures --campaign spring-2027 --all --output csv', 40);

  expect(lines).toEqual([
    '  npx delivery-tracker failures \\',
    '    --campaign spring-2027 --all \\',
    '    --output csv',
  ]);
});

it('no arguments at all print the help, and are no error', async () => {
  const { status, stdout, stderr } = await line.run();

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe((await line.run('--help')).stdout);
});

it('options without a command are wrong usage', async () => {
  expect(await line.run('--json')).toMatchObject({ status: 2, code: 'WRONG_USAGE', stdout: '' });
});

function commands(): Command {
  const stream = { write: () => true };
  const world = { program: 'npx delivery-tracker', terminal: { stdout: stream, stderr: stream } };
  return program(world as unknown as World, '1.2.3', () => {});
}

/** Commands that do something, by their names. */
function leavesOf(command: Command, name = ''): [name: string, command: Command][] {
  return command.commands.length === 0
    ? [[name, command]]
    : command.commands.flatMap((one) => leavesOf(one, `${name} ${one.name()}`.trim()));
}
