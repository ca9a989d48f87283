/**
 * An emulator of AWS with the tracker in it, until Ctrl-C: docs/emulator.md.
 *
 *     npm run emulator
 */
import { once } from 'node:events';
import { type EnvironmentFile, writeEnvironmentFile } from './environment-file.ts';
import { startPlayground } from './playground.ts';
import { InstallationError } from './python-environment.ts';
import { CAMPAIGN, RECIPIENTS, STREAM_ID } from './seeded-deliveries.ts';

const EXIT = { done: 0, failed: 1, wrongUsage: 2, interrupted: 130 };

const startedAt = performance.now();
const interruption = new AbortController();
const interrupted = once(interruption.signal, 'abort');
// The last one is a terminal that is closed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
// It takes no text any more, and that must not keep anything from being taken down.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await main();
process.exit();

async function main(): Promise<number> {
  if (process.argv.length > 2) {
    console.error('npm run emulator takes no arguments.');
    return EXIT.wrongUsage;
  }
  const cleanUp: (() => unknown)[] = [];
  try {
    const { environment, ended } = await startPlayground({
      say: console.log,
      cleanUp,
      interrupted: interruption.signal,
    });
    const file = writeEnvironmentFile(environment);
    cleanUp.push(() => file.remove());
    console.log(readyText(file));
    await Promise.race([interrupted, ended]);
    return EXIT.done;
  } catch (error) {
    if (interruption.signal.aborted) return EXIT.interrupted;
    console.error(error instanceof InstallationError ? error.message : error);
    return EXIT.failed;
  } finally {
    if (cleanUp.length > 0) console.log('\nTaking everything down …');
    for (const step of cleanUp.toReversed()) await step();
    if (cleanUp.length > 0) console.log('Nothing is left.');
  }
}

function readyText({ path, lines }: EnvironmentFile): string {
  const tracker = 'npm run --silent delivery-tracker --';
  return `
Ready after ${Math.round((performance.now() - startedAt) / 1000)} s. In a second terminal, in this folder, once:

  . ${path}

which is

  ${lines.join('\n  ')}

Then, for example:

  ${tracker} start ds-partial --stream-id ${STREAM_ID} --recipients ${RECIPIENTS} --watch
  ${tracker} report ${CAMPAIGN.campaignId} --out delivery-report.html --force
  ${tracker} failures --since 1h

A delivery begins when its id is first tracked, and goes as its id says: ds-success,
ds-partial, ds-failure, ds-slow, ds-outage, ds-rate-limited or ds-unauthorized.
Each id is used once; ds-slow-2 is as slow. Any other id is unknown to this Kore.ai.
Ctrl-C ends the emulator and removes all that is in it.`;
}
