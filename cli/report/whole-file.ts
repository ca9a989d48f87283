/** Writes a file whole or not at all: it is written beside its place, and moved there at the end. */
import { randomUUID } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** Only its owner may read it: it tells of people. */
const MODE = 0o600;
/** As many characters are written at once. */
const CHUNK = 65_536;

export interface WholeFile {
  write(text: string): Promise<void>;
  /** Puts the file into its place. */
  finish(): Promise<{ readonly bytes: number }>;
  /** Leaves nothing behind; after `finish` it does nothing. */
  abandon(): Promise<void>;
}

/**
 * @param mayReplace whether a file that is there already may be replaced.
 * @throws CommandError `FILE_EXISTS`, `FILE_NOT_WRITTEN`, here and from its methods.
 */
export async function openWholeFile(path: string, mayReplace: boolean): Promise<WholeFile> {
  if (!mayReplace && (await exists(path))) throw fileExists(path);
  const beside = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  const file = await refusing(path, () => open(beside, 'wx', MODE));
  let pending = '';
  let bytes = 0;
  let isOpen = true;
  const flush = async () => {
    const { bytesWritten } = await file.write(pending);
    bytes += bytesWritten;
    pending = '';
  };
  return {
    write: (text) =>
      refusing(path, async () => {
        pending += text;
        if (pending.length >= CHUNK) await flush();
      }),
    finish: () =>
      refusing(path, async () => {
        await flush();
        await file.close();
        isOpen = false;
        await (mayReplace ? rename(beside, path) : moveToFreePlace(beside, path));
        return { bytes };
      }),
    async abandon() {
      if (isOpen) await file.close().catch(() => {});
      isOpen = false;
      await rm(beside, { force: true }).catch(() => {});
    },
  };
}

/** A link, unlike a renaming, never replaces a file that was made meanwhile. Not every file system has it. */
async function moveToFreePlace(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw fileExists(path);
    return rename(beside, path);
  }
  await rm(beside);
}

async function exists(path: string): Promise<boolean> {
  return refusing(path, async () => {
    try {
      await lstat(path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  });
}

async function refusing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      'FILE_NOT_WRITTEN',
      EXIT.failed,
      `${path} cannot be written (${codeOf(error)}): ${WHAT_TO_DO[codeOf(error)] ?? 'choose another place with --out FILE'}. Nothing was written.`,
    );
  }
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist; make it first, or choose another with --out FILE',
  ENOTDIR: 'a part of its path is a file; choose another with --out FILE',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'you may not write there; choose another place with --out FILE',
  EPERM: 'you may not write there; choose another place with --out FILE',
  EROFS: 'the disk cannot be written; choose another place with --out FILE',
  ENOSPC: 'the disk is full; make room, or choose another place with --out FILE',
};

function fileExists(path: string): CommandError {
  return new CommandError(
    'FILE_EXISTS',
    EXIT.refused,
    `${path} is there already. Choose another name, or replace it with --force.`,
  );
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
