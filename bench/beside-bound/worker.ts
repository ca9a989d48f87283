/** One core's share of the trials. */
import { parentPort } from 'node:worker_threads';
import { runTrial, type Trial } from './trial.ts';

parentPort?.on('message', async (trial: Trial) => {
  parentPort?.postMessage(await runTrial(trial));
});
