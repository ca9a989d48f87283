/** One local run: a notification is sent where there is a simulator, and tracked to its end. */
import type { CheckResult } from '../lambdas/check-delivery/invocation/invocation.ts';
import type { LocalAws } from './aws/local-aws.ts';
import type { Execution } from './aws/state-machine.ts';
import type { Clock } from './clock.ts';
import { COURSES, type Course } from './kore/scenario.ts';
import { inLocalWorld, type LocalWorld } from './local-world.ts';
import type { LocalOptions } from './options.ts';
import type { RunResult } from './report.ts';

export interface RunListener {
  onStart(deployment: { host: string }): void;
  onCheck(result: CheckResult): void;
}

/**
 * @param interrupted stops the tracking.
 * @throws ConfigurationError
 */
export function runLocally(
  options: LocalOptions,
  clock: Clock,
  listener: RunListener,
  interrupted: AbortSignal,
): Promise<RunResult> {
  return inLocalWorld(options, clock, interrupted, (world) => {
    const { requestId, streamId, recipients, scenario } = options;
    listener.onStart(world);
    const input = { requestId, streamId, recipients };
    const { stop, result } = sendAndTrack(world, input, COURSES[scenario], (check) =>
      listener.onCheck(check),
    );
    interrupted.addEventListener('abort', stop);
    return result;
  });
}

/** The input of a tracking. */
export interface NotificationInput {
  readonly requestId: string;
  readonly streamId: string | undefined;
  readonly recipients: number | undefined;
  readonly campaignId?: string;
}

export interface SentAndTracked {
  readonly result: Promise<RunResult>;
  stop(): void;
}

/** @param course of the delivery, where the simulator delivers. */
export function sendAndTrack(
  { aws, kore, tableName }: LocalWorld,
  input: NotificationInput,
  course: Course,
  onCheck: (result: CheckResult) => void,
): SentAndTracked {
  const { requestId, streamId = '', recipients = 0 } = input;
  kore?.send({ requestId, streamId, recipients, course });
  let checks = 0;
  const execution = aws.track({
    name: requestId,
    input,
    onCheck(result) {
      checks += 1;
      onCheck(result);
    },
  });
  const finish = async (): Promise<RunResult> => {
    const end = await execution.ended;
    const rows = await aws.rowsOf(requestId);
    return { name: requestId, end, event: finalEventOf(execution, aws), rows, checks, tableName };
  };
  return { result: finish(), stop: () => execution.stop() };
}

/** The event that names the execution; absent where none was sent. */
export function finalEventOf({ arn }: Execution, { events }: LocalAws) {
  return events.find(({ detail }) => (detail.metadata as { id?: unknown } | undefined)?.id === arn);
}
