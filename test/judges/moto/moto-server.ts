/** moto, somebody else's stand-in for AWS: its DynamoDB, and with `moto_judge.py` its Step Functions. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

const PROGRAM = join(import.meta.dirname, 'moto_judge.py');
const READY_WITHIN_MS = 60_000;

export interface MotoServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/**
 * @param python the interpreter that has moto.
 * @param others the address at which moto's state machines reach other services; only loopback's port counts.
 */
export async function motoServer(python: string, others?: string): Promise<MotoServer> {
  const port = await freePort();
  const moto = spawn(python, [PROGRAM, '--port', port], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      // It compares times without their zone.
      TZ: 'UTC',
      AWS_CONFIG_FILE: '/dev/null',
      ...(others !== undefined && { MOTO_PORT: new URL(others).port }),
    },
  });
  const lines: string[] = [];
  moto.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(text);
    if (lines.length > 50) lines.shift();
  });
  const close = () => end(moto);
  const endpoint = `http://127.0.0.1:${port}`;
  if (await isReady(endpoint, moto)) return { endpoint, close };
  await close();
  throw new Error(`moto did not start:\n${lines.join('')}`);
}

/** Asks it to run state machines, which it does not by default. */
async function isReady(endpoint: string, moto: ChildProcess): Promise<boolean> {
  const body = JSON.stringify({ stepfunctions: { execute_state_machine: true } });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && moto.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/config`, { method: 'POST', body }).catch(
      () => undefined,
    );
    if (answer?.ok) return true;
    await sleep(50);
  }
  return false;
}

async function end(moto: ChildProcess): Promise<void> {
  if (moto.exitCode !== null || moto.signalCode !== null) return;
  const exited = once(moto, 'exit');
  moto.kill('SIGKILL');
  await exited;
}

async function freePort(): Promise<string> {
  const server = createServer();
  const { port } = new URL(await listenOnLoopback(server));
  await closeServer(server);
  return port;
}
