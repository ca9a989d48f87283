/** The executions that track notifications, as Step Functions knows them. */

import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { errorName } from '../aws-error.ts';

export interface ClosedExecution {
  readonly arn: string;
  readonly name: string;
  /** Step Functions' word for how it ended. */
  readonly status: string;
}

/** As JSON text. */
export interface DescribedExecution {
  readonly input?: string | undefined;
  /** Of one that succeeded. */
  readonly output?: string | undefined;
}

/** Both throw what the SDK throws: nothing but the sweep depends on them. */
export interface Executions {
  /**
   * Executions that do not run any more, by pages, the newest first.
   *
   * @param since milliseconds since 1970: the start of the oldest.
   */
  closedSince(since: number, signal: AbortSignal): AsyncIterable<readonly ClosedExecution[]>;
  /** What the execution began and ended with; nothing where it is gone. */
  describe(arn: string, signal: AbortSignal): Promise<DescribedExecution>;
}

/** AWS's limit for a page. */
const PAGE = 1_000;
const CLOSED = ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

export function executionsOf(client: SFNClient, stateMachineArn: string): Executions {
  return {
    async *closedSince(since, abortSignal) {
      const pages = paginateListExecutions({ client, pageSize: PAGE }, { stateMachineArn }, { abortSignal });
      for await (const { executions = [] } of pages) {
        const young = executions.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= since);
        yield young.filter(({ status = '' }) => CLOSED.includes(status)).map(toClosed);
        if (young.length < executions.length) return;
      }
    },

    async describe(executionArn, abortSignal) {
      try {
        const command = new DescribeExecutionCommand({ executionArn });
        const { input, output } = await client.send(command, { abortSignal });
        return { input, output };
      } catch (error) {
        if (errorName(error) === 'ExecutionDoesNotExist') return {};
        throw error;
      }
    },
  };
}

function toClosed({ executionArn = '', name = '', status }: ExecutionListItem): ClosedExecution {
  return { arn: executionArn, name, status: String(status) };
}
