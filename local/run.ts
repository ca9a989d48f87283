/** One local run: synthesise, start what AWS and Kore.ai would be, track, and take everything down again. */
import { rmSync } from 'node:fs';
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import { parseCredentials } from '../lambdas/check-delivery/kore/access/credentials.ts';
import { localAws } from './aws/local-aws.ts';
import type { Clock } from './clock.ts';
import { COURSES } from './kore/scenario.ts';
import { type KoreSimulator, koreSimulator } from './kore/simulator.ts';
import type { LocalOptions } from './options.ts';
import { propsFor } from './props-for.ts';
import type { RunResult } from './report.ts';
import { synthesise } from './synthesise.ts';

export interface RunListener {
  onStart(deployment: { host: string }): void;
  onCheck(result: CheckResult): void;
}

/**
 * @param interrupted stops the tracking.
 * @throws ConfigurationError
 */
export async function runLocally(
  options: LocalOptions,
  clock: Clock,
  listener: RunListener,
  interrupted: AbortSignal,
): Promise<RunResult> {
  const { requestId, streamId, recipients } = options;
  const cleanUp: (() => unknown)[] = [];
  try {
    const kore = options.host === undefined ? await simulator(options, clock, cleanUp) : undefined;
    const host = options.host ?? kore?.origin ?? '';
    const { directory, deployment } = await synthesise(propsFor(options, host));
    cleanUp.push(() => rmSync(directory, { recursive: true, force: true }));
    const aws = await localAws(deployment, options.secret, clock);
    cleanUp.push(() => aws.close());

    interrupted.throwIfAborted();
    listener.onStart({ host });
    kore?.send({
      requestId,
      streamId: streamId ?? '',
      recipients: recipients ?? 0,
      course: COURSES[options.scenario],
    });
    let checks = 0;
    const execution = aws.track({
      name: requestId,
      input: { requestId, streamId, recipients },
      onCheck(result) {
        checks += 1;
        listener.onCheck(result);
      },
    });
    interrupted.addEventListener('abort', () => execution.stop());
    const end = await execution.ended;
    const rows = await aws.rowsOf(requestId);
    return { name: requestId, end, event: aws.events[0], rows, checks, tableName: deployment.table.name };
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
