/**
 * moto's DynamoDB in the place of dynalite: the tests of vitest.config.ts's second project get it wherever they ask for
 * `tableServer` (local/aws/table-server.ts).
 *
 * Where it is known to differ from AWS:
 * - It dies of half a surrogate pair. DynamoDB's text is UTF-8, which has none (AWS docs, Supported data types), so the answer
 *   here is a refusal.
 * - It takes requests side by side and without a lock, so that two may both find a condition true; here they stand in a line.
 * - Nothing is ever throttled, partly refused, or removed because it has expired.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inject } from 'vitest';
import { createdTables } from '../../../local/aws/created-tables.ts';
import type { DeployedTable } from '../../../local/aws/deployment.ts';
import type { TableServer } from '../../../local/aws/table-server.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';
import { motoServer } from '../moto/moto-server.ts';

export async function tableServer(
  deliveryLog: DeployedTable,
  ...others: readonly DeployedTable[]
): Promise<TableServer> {
  const moto = await motoServer(inject('python'));
  const line = await oneByOne(moto.endpoint);
  const tables = await createdTables(line.endpoint, deliveryLog, others);
  return {
    ...tables,
    endpoint: line.endpoint,
    onRequest: line.onRequest,
    async close() {
      tables.client.destroy();
      await line.close();
      await moto.close();
    },
  };
}

/** The SDK escapes no other. */
const HALF_PAIR = /\\ud[89a-f][0-9a-f]{2}/i;
const REFUSAL = JSON.stringify({ __type: 'com.amazon.coral.service#SerializationException' });

type Listener = (operation: string) => void;

/** A server that hands requests on, each once the one before is answered. */
async function oneByOne(target: string) {
  const listeners: Listener[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    for (const listener of listeners) listener(String(request.headers['x-amz-target']).replace(/^.*\./, ''));
    last = last.then(() => handOn(target, request, body, response)).catch(() => response.destroy());
  });
  return {
    endpoint: await listenOnLoopback(server),
    onRequest: (listener: Listener) => {
      listeners.push(listener);
    },
    close: () => closeServer(server),
  };
}

async function handOn(target: string, { headers }: IncomingMessage, body: Buffer, response: ServerResponse) {
  const sent = ['x-amz-target', 'content-type', 'authorization', 'x-amz-date'];
  const answer = await fetch(target, {
    method: 'POST',
    headers: Object.fromEntries(sent.map((name) => [name, String(headers[name])])),
    body: new Uint8Array(body),
  });
  const isRefused = answer.status === 500 && HALF_PAIR.test(body.toString());
  response.writeHead(isRefused ? 400 : answer.status, {
    'content-type': 'application/x-amz-json-1.0',
    server: String(answer.headers.get('server')),
  });
  response.end(isRefused ? REFUSAL : Buffer.from(await answer.arrayBuffer()));
}
