/** A server between the function and what it calls, which lets requests through, or fails them by plan. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';
import type { Place, Way } from './fault.ts';
import type { FaultPlan } from './fault-plan.ts';

export interface FaultyServer {
  readonly origin: string;
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a server is in the world of faults. */
export interface Faulty {
  placeOf(request: Request): Place | undefined;
  readonly error: Reply;
  readonly throttle: Reply;
  /** Does a part of what was asked for, where a request has parts; else the answer breaks off. */
  doPart?(request: Request, forward: (request: Request) => Promise<Reply>): Promise<Reply> | undefined;
}

/** Late, and within every time limit. */
export const SLOW_MS = 300;

/** @param crash ends the function's process. */
export async function faultyServer(
  target: string,
  faulty: Faulty,
  plan: FaultPlan,
  crash: () => Promise<void>,
): Promise<FaultyServer> {
  const forward = (request: Request) => send(target, request);

  async function fail(way: Way, request: Request, response: ServerResponse): Promise<void> {
    const { socket } = response;
    switch (way) {
      case 'error':
        return answer(response, faulty.error);
      case 'throttle':
        return answer(response, faulty.throttle);
      case 'time-out':
        return;
      case 'answer lost':
        await forward(request);
        socket?.destroy();
        return;
      case 'crash before':
        return crash();
      case 'crash after':
        await forward(request);
        return crash();
      case 'slow':
        await sleep(SLOW_MS);
        return answer(response, await forward(request));
      case 'partial': {
        const part = faulty.doPart?.(request, forward);
        if (part !== undefined) return answer(response, await part);
        const { status, headers, body } = await forward(request);
        response.writeHead(status, { ...headers, 'content-length': body.length });
        response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket?.destroy());
      }
    }
  }

  const server = createServer(async (incoming, response) => {
    try {
      const request = await read(incoming);
      const place = faulty.placeOf(request);
      const way = place && plan.arrive(place);
      if (way === undefined) answer(response, await forward(request));
      else await fail(way, request, response);
    } catch {
      // Who asked has gone, or what was asked for has.
      response.destroy();
    }
  });
  return { origin: await listenOnLoopback(server), close: () => closeServer(server) };
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url: path = '/', headers } = incoming;
  return { method, path, headers, body: await buffer(incoming) };
}

function answer(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body);
}

async function send(target: string, { method, path, headers, body }: Request): Promise<Reply> {
  const { host: _host, connection: _connection, 'content-length': _length, ...sent } = headers;
  const response = await fetch(target + path, {
    method,
    headers: sent as Record<string, string>,
    redirect: 'manual',
    ...(method !== 'GET' && { body: new Uint8Array(body) }),
  });
  // The body comes unpacked.
  const {
    'content-encoding': _encoding,
    'content-length': _size,
    ...kept
  } = Object.fromEntries(response.headers);
  return { status: response.status, headers: kept, body: Buffer.from(await response.arrayBuffer()) };
}
