/** Step Functions on this machine, as the function of campaigns asks it: `ListExecutions` and `DescribeExecution`. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import type { ExecutionEnd } from './state-machine.ts';

export interface KnownExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionEnd['status'] | 'RUNNING';
  /** JSON. */
  readonly input: string;
  /** Seconds since 1970. */
  readonly startDate: number;
  /** Seconds since 1970; absent while it runs. */
  readonly stopDate?: number;
}

export interface ExecutionServer {
  readonly endpoint: string;
  /** Takes an execution, or what has become of it. */
  put(execution: KnownExecution): void;
  close(): Promise<void>;
}

const PAGE = 1_000;

export async function executionServer(): Promise<ExecutionServer> {
  const executions = new Map<string, KnownExecution>();

  function list({ stateMachineArn, statusFilter, nextToken = '0', maxResults = PAGE }: ListRequest) {
    const matching = [...executions.values()]
      .filter((one) => one.stateMachineArn === stateMachineArn)
      .filter((one) => statusFilter === undefined || one.status === statusFilter)
      .sort((a, b) => b.startDate - a.startDate);
    const end = Number(nextToken) + maxResults;
    const page = matching.slice(Number(nextToken), end).map(({ input: _, ...listed }) => listed);
    return { executions: page, ...(end < matching.length && { nextToken: String(end) }) };
  }

  const server = createServer(async (request, response) => {
    const asked = JSON.parse(await text(request));
    const isList = String(request.headers['x-amz-target']).endsWith('.ListExecutions');
    const answer = isList ? list(asked) : executions.get(asked.executionArn);
    response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer ?? { __type: 'ExecutionDoesNotExist', message: 'no such execution' }));
  });
  return {
    endpoint: await listenOnLoopback(server),
    put: (execution) => void executions.set(execution.executionArn, execution),
    close: () => closeServer(server),
  };
}

interface ListRequest {
  readonly stateMachineArn: string;
  readonly statusFilter?: string;
  readonly nextToken?: string;
  readonly maxResults?: number;
}
