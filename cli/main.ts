/** Runs one command line in a world that is handed in, and says what went wrong. */
import { CommanderError } from 'commander';
import { type CommandError, wrongUsage } from './command-error.ts';
import { type CommandText, commandText } from './command-text.ts';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { wantsJson } from './output/format.ts';
import { OutputClosed } from './output/write.ts';
import { program } from './program.ts';
import type { CommonOptions, World } from './session.ts';
import { printable, printableJson } from './text/printable.ts';
import { redact } from './text/redact.ts';
import { asCommandError } from './tracker/as-command-error.ts';

/** @param argv without the program's own name. */
export async function runCommandLine(
  argv: readonly string[],
  world: World,
  version: string,
): Promise<ExitStatus> {
  let exitStatus: ExitStatus = EXIT.done;
  const commands = program(world, version, (status) => {
    exitStatus = status;
  });
  try {
    await commands.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    if (error instanceof OutputClosed) return EXIT.done;
    const refusal =
      error instanceof CommanderError ? inOneSentence(error, argv, world.program) : asCommandError(error);
    const command = commandText(world.program, commands.opts<CommonOptions>());
    world.terminal.stderr.write(`${errorText(refusal, command, wantsJson(argv))}\n`);
    return refusal.exitStatus;
  }
}

/** Commander may have printed its help in place of an error. */
function inOneSentence(
  { code, message }: CommanderError,
  argv: readonly string[],
  program: string,
): CommandError {
  if (code === 'commander.help') return wrongUsage(`No command was given. See ${program} --help.`);
  // It quotes what was entered, which may be an address or a secret in the wrong place.
  const quoting = argv.includes('credentials') && !QUOTES_NOTHING.test(code);
  const said = quoting ? message.replace(/'(--[a-z-]+ )?.*'/s, "'$1…'") : message;
  const sentence = redact(said.replace(/^error: /, '')).replace(/\.+$/, '');
  return wrongUsage(`${sentence}. See ${program} --help.`);
}

/** But words of the program's own. */
const QUOTES_NOTHING = /^commander\.(excessArguments|missingMandatoryOptionValue|optionMissingArgument)$/;

function errorText({ code, message, next }: CommandError, command: CommandText, json: boolean): string {
  const commands = next.map((args) => command(...args));
  if (json)
    return printableJson({ error: { code, message, ...(commands.length > 0 && { next: commands }) } });
  const [sentence, ...details] = message.split('\n');
  return [`${sentence} (${code})`, ...details, ...commands.map((text) => `  ${printable(text)}`)].join('\n');
}
