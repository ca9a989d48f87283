/** MiniStack, an emulator of AWS, on loopback and with a state folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonProgram } from './python.ts';
import { BEHIND, type SignedRequest, startRecordingProxy } from './recording-proxy.ts';

export interface Emulator {
  /** Environment variables that lead the CDK and the SDK there. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
/** Access key of the account's owner, who may do everything. */
const OWNER = 'test';
const READY_WITHIN_MS = 60_000;

/** Variables that would lead the CDK or the SDK past an emulator, or make it refuse the owner's key. */
const LEADS_ELSEWHERE =
  /^(AMAZON_.*|AWS_(.*PROFILE|.*KEY.*|.*TOKEN.*|ROLE_.*|CONTAINER_.*|.*ENDPOINT.*|.*REGION|CREDENTIAL_.*))$/;

/** Makes everything in this process, and what it starts, use the emulator and nothing else. */
export function useEmulator(
  { environment }: Pick<Emulator, 'environment'>,
  variables: NodeJS.ProcessEnv = process.env,
): void {
  for (const name of Object.keys(variables)) if (LEADS_ELSEWHERE.test(name)) delete variables[name];
  Object.assign(variables, environment);
}

/** @param record is given each request of others than the account's owner. */
export async function startEmulator(record: (request: SignedRequest) => void): Promise<Emulator> {
  const program = pythonProgram('ministack');
  const folder = mkdtempSync(join(tmpdir(), 'tracker-e2e-'));
  const subfolder = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const proxy = await startRecordingProxy(record, OWNER);
  const log = join(folder, 'emulator.log');
  // It hands them on to the functions that it runs.
  const variables = { ...process.env };
  useEmulator({ environment: {} }, variables);
  const emulator = spawn(program, {
    detached: true,
    stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
    env: {
      ...variables,
      // Functions run on the Node of this process, the major that the template asks for.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      // Roles may do what their policies say.
      AUTH: 'true',
      GATEWAY_PORT: new URL(proxy.origin).port,
      BIND_HOST: BEHIND,
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      IOT_MTLS_ENABLED: '0',
      STATE_DIR: subfolder('state'),
      S3_DATA_DIR: subfolder('s3'),
      TMPDIR: subfolder('tmp'),
    },
  });
  const stop = async () => {
    await end(emulator);
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(proxy.origin, emulator);
  } catch (error) {
    console.error(readFileSync(log, 'utf8').split('\n').slice(-20).join('\n'));
    await stop();
    throw error;
  }
  return {
    environment: {
      AWS_ENDPOINT_URL: proxy.origin,
      AWS_REGION: REGION,
      // The name that the AWS CLI knows.
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: OWNER,
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    stop,
  };
}

async function untilReady(endpoint: string, emulator: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && emulator.exitCode === null) {
    const answered = await fetch(endpoint).catch(() => undefined);
    if (answered !== undefined) return;
    await sleep(200);
  }
  throw new Error('the emulator did not start');
}

/** Ends the emulator and the functions that it started: they are one process group. */
async function end(emulator: ChildProcess): Promise<void> {
  if (emulator.pid === undefined || emulator.exitCode !== null) return;
  const exited = once(emulator, 'exit');
  process.kill(-emulator.pid, 'SIGTERM');
  const stubborn = setTimeout(() => emulator.pid && process.kill(-emulator.pid, 'SIGKILL'), 5_000);
  await exited;
  clearTimeout(stubborn);
}
