/** Runs simulations side by side, one for each core. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Results } from './simulation.ts';
import type { Job } from './worker.ts';

/** @returns the results in the order of the jobs. */
export async function runAll(jobs: readonly Job[]): Promise<Results[]> {
  const results: Results[] = [];
  const queue = [...jobs.entries()];
  const lane = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, job] = next;
      worker.postMessage(job);
      [results[index]] = (await once(worker, 'message')) as [Results];
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
