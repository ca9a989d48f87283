/** Starts trackings of made-up notifications, and reads what became of them. */
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type HistoryEvent,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DeployedTracker } from './deployed-tracker.ts';

/** An error in an execution's history, as Step Functions names it. */
export interface HistoryError {
  readonly type: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export interface Trackings {
  /** Returns the execution's ARN. */
  start(tracker: DeployedTracker, name: string, input: unknown): Promise<string>;
  stop(executionArn: string): Promise<void>;
  redrive(executionArn: string): Promise<void>;
  status(executionArn: string): Promise<string>;
  describe(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  history(executionArn: string): Promise<HistoryEvent[]>;
  /** The names of the states that were entered, in order. */
  states(executionArn: string): Promise<string[]>;
  errors(executionArn: string): Promise<HistoryError[]>;
}

export function trackingsIn(sfn: SFNClient): Trackings {
  async function history(executionArn: string): Promise<HistoryEvent[]> {
    const found: HistoryEvent[] = [];
    for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn })) {
      found.push(...events);
    }
    return found;
  }
  const describe = (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn }));

  return {
    history,
    describe,
    async start({ stateMachineArn }, name, input) {
      const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
      return (await sfn.send(command)).executionArn ?? '';
    },
    async stop(executionArn) {
      await sfn.send(new StopExecutionCommand({ executionArn }));
    },
    async redrive(executionArn) {
      await sfn.send(new RedriveExecutionCommand({ executionArn }));
    },
    status: async (executionArn) => (await describe(executionArn)).status ?? '',
    async states(executionArn) {
      const events = await history(executionArn);
      return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    },
    errors: async (executionArn) => (await history(executionArn)).flatMap(errorOf),
  };
}

function errorOf(event: HistoryEvent): HistoryError[] {
  const details =
    event.taskFailedEventDetails ??
    event.taskTimedOutEventDetails ??
    event.lambdaFunctionFailedEventDetails ??
    event.executionFailedEventDetails;
  if (details === undefined) return [];
  return [{ type: event.type ?? '', error: details.error, cause: details.cause }];
}
