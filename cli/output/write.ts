/** Writes no faster than the other end reads, and notices when nobody reads any more. */
import { once } from 'node:events';
import type { Stream } from '../display/terminal.ts';

/** The other end was closed, as `| head` does once it has enough. It ends a command quietly. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** @throws OutputClosed */
export async function writeAll(stream: Stream, text: string): Promise<void> {
  if (isClosed(stream)) throw new OutputClosed();
  if (stream.write(text)) return;
  const controller = new AbortController();
  const { signal } = controller;
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })])
    // An error closes it.
    .catch(() => {})
    .finally(() => controller.abort());
  if (isClosed(stream)) throw new OutputClosed();
}

function isClosed(stream: Stream): boolean {
  const { destroyed, writable } = stream as { destroyed?: boolean; writable?: boolean };
  return destroyed === true || writable === false;
}
