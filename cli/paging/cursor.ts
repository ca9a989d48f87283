/** Cursors: where a list goes on, in a form that can be passed on. One holds ids of rows and a checksum of its query, no address. */
import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';

/** What a list was asked for: its command, the tracker, and the options that decide what is in it. */
export type Query = readonly unknown[];

const VERSION = 1;

export function cursorOf(query: Query, position: object): string {
  return Buffer.from(JSON.stringify([VERSION, checksumOf(query), position])).toString('base64url');
}

/** @throws CommandError `INVALID_CURSOR`, `CURSOR_OF_ANOTHER_QUERY`. */
export function positionIn<T extends z.ZodMiniType>(cursor: string, query: Query, schema: T): z.output<T> {
  const [version, checksum, position] = parse(cursor);
  if (version !== VERSION || typeof checksum !== 'string') throw invalid();
  if (checksum !== checksumOf(query)) {
    throw new CommandError(
      'CURSOR_OF_ANOTHER_QUERY',
      EXIT.wrongUsage,
      'The cursor is that of another query. Repeat the command that printed it, with the same options and on the same tracker, or leave --cursor out.',
    );
  }
  const parsed = schema.safeParse(position);
  if (!parsed.success) throw invalid();
  return parsed.data;
}

function invalid(): CommandError {
  return new CommandError(
    'INVALID_CURSOR',
    EXIT.wrongUsage,
    'The cursor is not whole, or of another release. Copy all of it from the line that begins with "next:", or leave --cursor out.',
  );
}

/** Long enough to notice a mistake. */
const CHECKSUM_LENGTH = 6;

function checksumOf(query: Query): string {
  const text = JSON.stringify(query);
  return createHash('sha256').update(text).digest('base64url').slice(0, CHECKSUM_LENGTH);
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
