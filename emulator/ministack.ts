/** MiniStack, an emulator of AWS, on loopback and with a state folder that goes with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup, exitOf } from './process-group.ts';
import { installPython, isInstalled, type PythonEnvironment, programIn } from './python-environment.ts';

export interface Emulator {
  /** Environment variables that lead the CDK and the SDK there. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface MiniStack extends Emulator {
  /** Rejects once it has ended, with the last lines of its log. */
  readonly ended: Promise<never>;
}

export interface MiniStackProps {
  /** Address that it listens on. */
  readonly host: string;
  readonly port: number;
  /** Whether functions and users may only do what their policies say. */
  readonly enforcePolicies: boolean;
}

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';
/** Access key of the account's owner, who may do everything. */
export const OWNER = 'test';
const READY_WITHIN_MS = 60_000;

const PYTHON: PythonEnvironment = {
  folder: join(import.meta.dirname, '..', 'dist', 'emulator-python'),
  requirements: join(import.meta.dirname, 'requirements.txt'),
};

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

/**
 * Installs MiniStack, where it is not installed.
 *
 * @param say is told beforehand.
 * @throws InstallationError
 */
export async function installMiniStack(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  if (!isInstalled(PYTHON)) say('Installing MiniStack, an emulator of AWS, into dist/emulator-python …');
  await installPython(PYTHON, signal);
}

/** Where it does not start, or `signal` aborts, it leaves nothing. */
export async function startMiniStack(
  { host, port, enforcePolicies }: MiniStackProps,
  signal?: AbortSignal,
): Promise<MiniStack> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-emulator-'));
  const subfolder = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const log = join(folder, 'emulator.log');
  // It hands them on to the functions that it runs.
  const variables = { ...process.env };
  useEmulator({ environment: {} }, variables);
  const emulator = spawn(programIn(PYTHON, 'ministack'), {
    detached: true,
    stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
    env: {
      ...variables,
      // Functions run on the Node of this process, the major that the template asks for.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      AUTH: String(enforcePolicies),
      GATEWAY_PORT: String(port),
      BIND_HOST: host,
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      IOT_MTLS_ENABLED: '0',
      STATE_DIR: subfolder('state'),
      S3_DATA_DIR: subfolder('s3'),
      TMPDIR: subfolder('tmp'),
    },
  });
  const ended = exitOf(emulator).then(() => {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    throw new Error(`The emulator has ended. Its last lines:\n${lines.slice(-20).join('\n')}`);
  });
  // Only some wait for it.
  ended.catch(() => {});
  const stop = async () => {
    await endGroup(emulator);
    rmSync(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([untilReady(`http://${host}:${port}`, emulator, signal), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: REGION,
      // The name that the AWS CLI knows.
      AWS_DEFAULT_REGION: REGION,
      AWS_ACCESS_KEY_ID: OWNER,
      AWS_SECRET_ACCESS_KEY: 'test',
      ...pastProxies(process.env),
    },
    ended,
    stop,
  };
}

/** The CDK CLI and the AWS CLI would ask a proxy for what is on loopback. */
export function pastProxies(variables: NodeJS.ProcessEnv): Record<string, string> {
  if (!Object.keys(variables).some((name) => /^(https?|all)_proxy$/i.test(name))) return {};
  const hosts = ['127.0.0.1', variables.NO_PROXY ?? variables.no_proxy].filter((host) => host).join(',');
  return { NO_PROXY: hosts, no_proxy: hosts };
}

async function untilReady(origin: string, emulator: ChildProcess, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && emulator.exitCode === null) {
    const answered = await fetch(origin).catch(() => undefined);
    if (answered !== undefined) return;
    await sleep(200, undefined, { ...(signal && { signal }) });
  }
  throw new Error(`The emulator did not answer within ${READY_WITHIN_MS / 1000} s`);
}
