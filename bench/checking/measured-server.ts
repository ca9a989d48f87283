/** A server on loopback that counts what passes through it, and for how long it has something to answer. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';

export interface MeasuredServer {
  readonly origin: string;
  /** What has passed since the last time this was asked. */
  take(): Traffic;
  close(): Promise<void>;
}

/** Bytes are those of the connections, headers included. */
export interface Traffic {
  readonly requests: number;
  readonly bytesToServer: number;
  readonly bytesFromServer: number;
  /** In which it had at least one request to answer. */
  readonly busyMs: number;
}

const NONE: Traffic = { requests: 0, bytesToServer: 0, bytesFromServer: 0, busyMs: 0 };

/** @returns the body of the answer, which is JSON. */
export type Answering = (request: IncomingMessage, body: string) => string;

export async function measuredServer(answer: Answering): Promise<MeasuredServer> {
  const sockets = new Set<Socket>();
  let [requests, busyMs, underWay, busySince] = [0, 0, 0, 0];
  let closed = { in: 0, out: 0 };
  let taken = NONE;

  const server = createServer(async (request, response) => {
    requests += 1;
    if (underWay === 0) busySince = performance.now();
    underWay += 1;
    response.on('close', () => {
      underWay -= 1;
      if (underWay === 0) busyMs += performance.now() - busySince;
    });
    const body = answer(request, await text(request));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      closed = { in: closed.in + socket.bytesRead, out: closed.out + socket.bytesWritten };
    });
  });

  const soFar = (): Traffic => {
    let [bytesToServer, bytesFromServer] = [closed.in, closed.out];
    for (const { bytesRead, bytesWritten } of sockets) {
      bytesToServer += bytesRead;
      bytesFromServer += bytesWritten;
    }
    return { requests, bytesToServer, bytesFromServer, busyMs };
  };
  return {
    origin: await listenOnLoopback(server),
    take() {
      const before = taken;
      taken = soFar();
      return difference(taken, before);
    },
    close: () => closeServer(server),
  };
}

function difference(now: Traffic, before: Traffic): Traffic {
  return {
    requests: now.requests - before.requests,
    bytesToServer: now.bytesToServer - before.bytesToServer,
    bytesFromServer: now.bytesFromServer - before.bytesFromServer,
    busyMs: now.busyMs - before.busyMs,
  };
}
