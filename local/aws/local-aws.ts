/** AWS on this machine: what a deployment runs, wired together, and a tracking started in it. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { Clock } from '../clock.ts';
import type { Deployment } from './deployment.ts';
import { recordsIn } from './dynamodb-tasks.ts';
import { type BusEvent, eventBus } from './event-bus.ts';
import { functionRunner } from './function-runner.ts';
import { type LocalSecret, secretServer } from './secret-server.ts';
import { type Execution, loadStateMachine, startExecution } from './state-machine.ts';
import { tableServer } from './table-server.ts';
import { LOCAL_REGION } from './template.ts';

export interface LocalAws {
  /** Starts an execution that tracks a notification. */
  track(tracking: Tracking): Execution;
  /** Starts the execution that EventBridge starts for a tracking that was stopped or died. */
  reportInterruption(execution: EndedExecution): Execution;
  /** Reaches the tables as an operator does. */
  readonly tables: DynamoDBDocumentClient;
  /** All rows of a notification, the summary included. */
  rowsOf(requestId: string): Promise<Record<string, unknown>[]>;
  readonly events: readonly BusEvent[];
  /** What the function wrote to its log. */
  readonly logLines: readonly string[];
  /** Hears of every request to the table before it is answered, by the name of its operation. */
  onTableRequest(listener: (operation: string) => void): void;
  /** Ends the function's processes at once. */
  crashFunction(): Promise<void>;
  /** The secret from now on. */
  putSecret(secret: LocalSecret): void;
  close(): Promise<void>;
}

/** `detail` of the event that tells of an execution's end, as far as it matters here. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly name: string;
  readonly status: string;
  /** JSON; may be absent or null. */
  readonly input?: string | null;
}

export interface Tracking {
  readonly name: string;
  /** A `TrackingInput`, or what a workload sends by mistake. */
  readonly input: unknown;
  /** Hears of every check that returned. */
  readonly onCheck?: (result: CheckResult) => void;
}

type Task = (input: unknown) => Promise<unknown>;

/** What a test puts between the parts, so that something goes wrong there. */
export interface Intercept {
  /** @returns the function's environment with addresses of its own. */
  environment?(
    variables: Readonly<Record<string, string>>,
    crash: () => Promise<void>,
  ): Promise<InterceptedEnvironment>;
  /** @returns what the state machine does in place of its task. */
  task?(name: 'function' | 'final event', perform: Task): Task;
}

export interface InterceptedEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * @param changeEnvironment lets a test break the function's world, such as the table's address.
 * @param intercept comes between the parts; nothing does by default.
 */
export async function localAws(
  deployment: Deployment,
  secret: string,
  clock: Clock,
  changeEnvironment: Readonly<Record<string, string>> = {},
  intercept: Intercept = {},
): Promise<LocalAws> {
  const table = await tableServer(deployment.table, deployment.budgetTable);
  const secrets = await secretServer(deployment.secretArn, secret);
  const bus = eventBus();
  const variables = {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    ...changeEnvironment,
  };
  const between = await intercept.environment?.(variables, () => runner.crash());
  const runner = functionRunner(deployment.function, between?.variables ?? variables, clock);
  const tracking = loadStateMachine(deployment.stateMachine);
  const { task = (_, perform) => perform } = intercept;
  const putEvents = task('final event', async (parameters) => bus.put(parameters));
  const check = task('function', (payload) => runner.invoke(payload));
  const services = { putEvents, ...recordsIn(table.client) };

  return {
    track({ name, input, onCheck }) {
      const invokeFunction = async (payload: unknown) => {
        const result = await check(payload);
        onCheck?.(result as CheckResult);
        return result;
      };
      return startExecution(tracking, { name, input }, { invokeFunction, ...services }, clock);
    },
    reportInterruption(execution) {
      const invokeFunction = () => Promise.reject(new Error('the reporter invokes no function'));
      const start = { name: `report-${execution.name}`, input: execution };
      return startExecution(
        loadStateMachine(deployment.reporter),
        start,
        { invokeFunction, ...services },
        clock,
      );
    },
    tables: table.client,
    rowsOf: (requestId) => table.rowsOf(requestId),
    events: bus.events,
    logLines: runner.logLines,
    onTableRequest: (listener) => table.onRequest(listener),
    crashFunction: () => runner.crash(),
    putSecret: (text) => secrets.put(text),
    async close() {
      await runner.close();
      await between?.close();
      await Promise.all([table.close(), secrets.close()]);
    },
  };
}
