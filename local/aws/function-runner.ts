/** Runs the function's asset as Lambda does: one invocation at a time in a worker, which stays warm for the next. */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { DeployedFunction } from './deployment.ts';

/** An invocation that did not return; `name` is what Step Functions matches. */
export class FunctionError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface FunctionRunner {
  invoke(payload: unknown): Promise<unknown>;
  /** Ends every worker at once, as a crash of Lambda does; the next invocation starts anew. */
  crash(): Promise<void>;
  /** What the function wrote to its log, a line each. */
  readonly logLines: string[];
  close(): Promise<void>;
}

/** What the worker is started with and told. */
export interface WorkerStart {
  readonly modulePath: string;
  readonly exportName: string;
  readonly ahead: Float64Array<SharedArrayBuffer>;
}
export interface WorkerRequest {
  readonly payload: unknown;
  readonly deadline: number;
}
export type WorkerReply =
  | { readonly result: unknown }
  | { readonly errorType: string; readonly errorMessage: string };

/** A laptop has few cores; where so many are at work, an invocation waits for one, as under Lambda's reserved concurrency. */
const MOST_WORKERS = 8;

/**
 * @param environment variables that Lambda itself would add, such as credentials; the function's own are added here.
 */
export function functionRunner(
  deployed: DeployedFunction,
  environment: Readonly<Record<string, string>>,
  clock: Clock,
): FunctionRunner {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const logLines: string[] = [];
  const freed = new EventEmitter().setMaxListeners(0);
  let atWork = 0;

  function start(): Worker {
    const [file = '', exportName = ''] = deployed.handler.split('.');
    const workerData: WorkerStart = {
      modulePath: join(deployed.assetPath, `${file}.mjs`),
      exportName,
      ahead: clock.ahead,
    };
    const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData,
      env: { ...deployed.environment, ...environment },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: deployed.memoryMb },
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream
        .setEncoding('utf8')
        .on('data', (text: string) => logLines.push(...text.split('\n').filter(Boolean)));
    }
    all.add(worker);
    worker.once('exit', () => all.delete(worker));
    return worker;
  }

  async function endWorkers(): Promise<void> {
    idle.length = 0;
    await Promise.all([...all].map((worker) => worker.terminate()));
  }

  async function invoke(payload: unknown): Promise<unknown> {
    while (atWork >= MOST_WORKERS) await once(freed, 'worker');
    atWork += 1;
    const worker = idle.pop() ?? start();
    try {
      const reply = await ask(worker, payload, deployed.timeoutSeconds);
      idle.push(worker);
      if ('result' in reply) return reply.result;
      throw new FunctionError(reply.errorType, reply.errorMessage);
    } finally {
      if (!idle.includes(worker)) await worker.terminate();
      atWork -= 1;
      freed.emit('worker');
    }
  }

  return {
    invoke,
    logLines,
    crash: endWorkers,
    close: endWorkers,
  };
}

/** @throws FunctionError `Sandbox.Timedout` or `Runtime.ExitError`, by which Step Functions knows them. */
function ask(worker: Worker, payload: unknown, timeoutSeconds: number): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: WorkerReply) => settle(() => resolve(reply));
    const onExit = () =>
      settle(() => reject(new FunctionError('Runtime.ExitError', 'the function ended without an answer')));
    const onError = (error: Error) =>
      settle(() => reject(new FunctionError('Runtime.ExitError', error.message)));
    const onTimeout = () =>
      settle(() =>
        reject(new FunctionError('Sandbox.Timedout', `Task timed out after ${timeoutSeconds} seconds`)),
      );
    const timer = setTimeout(onTimeout, timeoutSeconds * 1000);
    function settle(end: () => void) {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit).off('error', onError);
      end();
    }
    worker.on('message', onMessage).on('exit', onExit).on('error', onError);
    const request: WorkerRequest = { payload, deadline: Date.now() + timeoutSeconds * 1000 };
    // A Lambda's event and answer are JSON, so nothing else may pass here either.
    worker.postMessage(JSON.parse(JSON.stringify(request)));
  });
}
