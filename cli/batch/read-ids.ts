/** The text of a file of ids, or of standard input. */
import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import type { Session } from '../session.ts';

const STANDARD_INPUT = '-';

/** @throws CommandError `FILE_UNREADABLE`. */
export async function readIds({ readInput }: Pick<Session, 'readInput'>, file: string): Promise<string> {
  try {
    return file === STANDARD_INPUT ? await readInput() : readFileSync(file, 'utf8');
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new CommandError(
      'FILE_UNREADABLE',
      EXIT.wrongUsage,
      `--from-file ${file} cannot be read (${code ?? name}). Nothing was started.`,
    );
  }
}
