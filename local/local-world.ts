/** What a local run happens in: the synthesised stack, and what AWS and Kore.ai would be. All of it is taken down at the end. */
import { rmSync } from 'node:fs';
import { parseCredentials } from '../contract/credentials.ts';
import { type LocalAws, localAws } from './aws/local-aws.ts';
import type { Clock } from './clock.ts';
import { type KoreSimulator, koreSimulator } from './kore/simulator.ts';
import type { LocalOptions } from './options.ts';
import { propsFor } from './props-for.ts';
import { synthesise } from './synthesise.ts';

export interface LocalWorld {
  readonly aws: LocalAws;
  /** Origin of Kore.ai, or of the simulator. */
  readonly host: string;
  /** Absent where Kore.ai itself is asked. */
  readonly kore: KoreSimulator | undefined;
  readonly tableName: string;
}

/**
 * @param interrupted where it is aborted by the time all has started, nothing runs.
 * @throws ConfigurationError
 */
export async function inLocalWorld<T>(
  options: LocalOptions,
  clock: Clock,
  interrupted: AbortSignal,
  run: (world: LocalWorld) => Promise<T>,
): Promise<T> {
  const cleanUp: (() => unknown)[] = [];
  try {
    const kore = options.host === undefined ? await simulator(options, clock, cleanUp) : undefined;
    const host = options.host ?? kore?.origin ?? '';
    const { directory, deployment } = await synthesise(propsFor(options, host));
    cleanUp.push(() => rmSync(directory, { recursive: true, force: true }));
    const aws = await localAws(deployment, options.secret, clock);
    cleanUp.push(() => aws.close());

    interrupted.throwIfAborted();
    return await run({ aws, host, kore, tableName: deployment.table.name });
  } finally {
    for (const step of cleanUp.reverse()) await step();
  }
}

async function simulator(
  { secret }: LocalOptions,
  clock: Clock,
  cleanUp: (() => unknown)[],
): Promise<KoreSimulator> {
  const kore = await koreSimulator(parseCredentials(secret), clock);
  cleanUp.push(() => kore.close());
  return kore;
}
