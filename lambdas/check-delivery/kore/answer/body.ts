/** The body of an answer as text, unpacked, and never more of it than asked for. */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { KoreText } from './kore-text.ts';

export interface Body {
  readonly text: KoreText;
  /** Whether there is more than the limit. */
  readonly isCut: boolean;
}

/** @throws the network's error, or that of a body that cannot be unpacked. */
export async function readBody(response: IncomingMessage, limitBytes: number): Promise<Body> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of unpacked(response)) {
      const rest = limitBytes - bytes;
      bytes += chunk.byteLength;
      text += decoder.decode(chunk.subarray(0, rest), { stream: true });
      if (bytes > limitBytes) return { text: new KoreText(text), isCut: true };
    }
    return { text: new KoreText(text + decoder.decode()), isCut: false };
  } finally {
    response.destroy();
  }
}

/** What we ask for, and what a proxy may send all the same. */
const UNPACKERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function unpacked(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (!Object.hasOwn(UNPACKERS, encoding)) return response;
  // The error is that of reading: the pipeline destroys its last stream with it.
  return pipeline(response, UNPACKERS[encoding as keyof typeof UNPACKERS](), () => {});
}
