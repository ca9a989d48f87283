/** Runs simulations side by side, one for each core. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * @param program the module that each core runs: it answers each message, a job, with one message.
 * @returns the results in the order of the jobs.
 */
export async function runAll<Job, Result>(program: URL, jobs: readonly Job[]): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...jobs.entries()];
  const lane = async () => {
    const worker = new Worker(program);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, job] = next;
      worker.postMessage(job);
      [results[index]] = (await once(worker, 'message')) as [Result];
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
