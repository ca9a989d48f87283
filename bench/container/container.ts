/** A container of a function: the bundle in a fresh process with the environment of a deployment, warm from its second invocation on. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DeployedFunction } from '../../local/aws/deployment.ts';
import { LOCAL_REGION } from '../../local/aws/template.ts';

export interface Container {
  /** @throws Error where the function threw, or its process ended. */
  invoke(event: unknown): Promise<Invoked>;
  stop(): Promise<void>;
}

/** What an invocation took, the import of the bundle included where it was the first. */
export interface Invoked {
  readonly wallMs: number;
  /** Of all threads of the process. */
  readonly cpuMs: number;
  /** The most memory that the process has had. */
  readonly peakMb: number;
  readonly result: unknown;
}

/** What the process is told, and what it says. */
export interface InvocationRequest {
  /** The bundle's file. */
  readonly bundle: string;
  readonly event: unknown;
  readonly timeLimitMs: number;
}
export type InvocationReply = Invoked | { readonly error: string };

/** @param variables beside the function's own, such as addresses of servers. */
export function startContainer(
  { assetPath, handler, environment, timeoutSeconds }: DeployedFunction,
  variables: Readonly<Record<string, string>>,
): Container {
  const [file = ''] = handler.split('.');
  const bundle = join(assetPath, `${file}.mjs`);
  const child = fork(join(import.meta.dirname, 'inside.ts'), {
    env: {
      ...environment,
      AWS_REGION: LOCAL_REGION,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...variables,
    },
    // What the function logs is of no interest here.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  return {
    async invoke(event) {
      const request: InvocationRequest = { bundle, event, timeLimitMs: timeoutSeconds * 1_000 };
      child.send(request);
      const ended = exited.then(() => [{ error: 'the process ended' }]);
      const [reply] = (await Promise.race([once(child, 'message'), ended])) as [InvocationReply];
      if ('error' in reply) throw new Error(`a measured function failed: ${reply.error}`);
      return reply;
    },
    async stop() {
      child.kill();
      await exited;
    },
  };
}

/** AWS docs, Lambda memory: one processor for 1,769 MB. */
const MB_OF_A_PROCESSOR = 1_769;

/** Milliseconds that it took here, and the processor's work once more for each part of a processor that Lambda does not give. */
export function billedMs({ memoryMb }: DeployedFunction, { wallMs, cpuMs }: Invoked): number {
  return wallMs + cpuMs * (MB_OF_A_PROCESSOR / memoryMb - 1);
}
