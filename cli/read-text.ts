/** The text of a file, or of standard input. */
import { readFileSync } from 'node:fs';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';
import type { Session } from './session.ts';

export const STANDARD_INPUT = '-';

/** How the error names the file, and what was not done for want of it. */
interface Told {
  readonly name: string;
  readonly undone: string;
}

/** @throws CommandError `FILE_UNREADABLE`. */
export async function readText(
  { readInput }: Pick<Session, 'readInput'>,
  file: string,
  { name, undone }: Told,
): Promise<string> {
  try {
    return file === STANDARD_INPUT ? await readInput() : readFileSync(file, 'utf8');
  } catch (error) {
    const { code, name: kind } = error as NodeJS.ErrnoException;
    throw new CommandError(
      'FILE_UNREADABLE',
      EXIT.wrongUsage,
      `${name} cannot be read (${code ?? kind}). ${undone}`,
    );
  }
}
