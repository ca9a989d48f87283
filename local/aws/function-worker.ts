/** The inside of the worker: the part of Lambda's runtime that the bundle meets. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest, WorkerStart } from './function-runner.ts';

const { modulePath, exportName, ahead } = workerData as WorkerStart;
const machineNow = Date.now;
setClock();
const { [exportName]: handler } = await import(pathToFileURL(modulePath).href);

parentPort?.on('message', async ({ payload, deadline }: WorkerRequest) => {
  const reply = await answer(payload, deadline);
  // What was written before the answer is read before it.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  parentPort?.postMessage(JSON.parse(JSON.stringify(reply)));
});

async function answer(payload: unknown, deadline: number): Promise<WorkerReply> {
  try {
    const getRemainingTimeInMillis = () => deadline - machineNow();
    return { result: await handler(payload, { getRemainingTimeInMillis, awsRequestId: 'local' }) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { errorType: name, errorMessage: message };
  }
}

/** Everything in the bundle, the SDK and the token included, sees the local run's clock. */
function setClock(): void {
  const now = () => machineNow() + (ahead[0] ?? 0);
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
