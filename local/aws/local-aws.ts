/** AWS on this machine: what a deployment runs, wired together, and a tracking started in it. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { Announcing, CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { Clock } from '../clock.ts';
import type { DeployedFunction, Deployment } from './deployment.ts';
import { recordsIn } from './dynamodb-tasks.ts';
import { type BusEvent, eventBus } from './event-bus.ts';
import { executionServer } from './execution-server.ts';
import { functionRunner } from './function-runner.ts';
import { type LocalSecret, secretServer } from './secret-server.ts';
import {
  type Execution,
  type LoadedStateMachine,
  loadStateMachine,
  startExecution,
} from './state-machine.ts';
import { tableServer } from './table-server.ts';
import { LOCAL_REGION } from './template.ts';

export interface LocalAws {
  /** Starts an execution that tracks a notification. */
  track(tracking: Tracking): Execution;
  /** Starts an execution that tracks a campaign. */
  trackCampaign(campaign: CampaignTracking): Execution;
  /** Starts the execution that EventBridge starts for one that was stopped or died. */
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
  /** A secret from now on, by default the one with the tracker's credentials. */
  putSecret(secret: LocalSecret, arn?: string): void;
  close(): Promise<void>;
}

/** `detail` of the event that tells of an execution's end, as far as it matters here. */
export interface EndedExecution {
  readonly executionArn: string;
  /** That of notifications where it is left out. */
  readonly stateMachineArn?: string;
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

export interface CampaignTracking {
  readonly name: string;
  /** A `CampaignInput`, or what a workload sends by mistake. */
  readonly input: unknown;
  /** Hears of every check that returned. */
  readonly onCheck?: (result: CampaignCheckResult) => void;
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
  task?(name: 'function' | 'campaign function' | 'final event', perform: Task): Task;
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
  const secrets = await secretServer(deployment.secretArn, secret, deployment.secretTexts);
  const known = await executionServer();
  const bus = eventBus();
  const variables = {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    AWS_ENDPOINT_URL_SFN: known.endpoint,
    ...changeEnvironment,
  };
  const between = await intercept.environment?.(variables, crash);
  const run = (deployed: DeployedFunction) =>
    functionRunner(deployed, between?.variables ?? variables, clock);
  const runner = run(deployment.function);
  const campaignRunner = run(deployment.campaignFunction);
  const tracking = loadStateMachine(deployment.stateMachine);
  const campaigns = loadStateMachine(deployment.campaignStateMachine);
  const { task = (_, perform) => perform } = intercept;
  const putEvents = task('final event', async (parameters) => bus.put(parameters));
  const check = task('function', (payload) => runner.invoke(payload));
  const checkCampaign = task('campaign function', (payload) => campaignRunner.invoke(payload));
  const services = { putEvents, ...recordsIn(table.client) };

  async function crash(): Promise<void> {
    await Promise.all([runner.crash(), campaignRunner.crash()]);
  }

  /** Starts the execution, and lets Step Functions know of it. */
  function start(machine: LoadedStateMachine, given: Start, invoke: Task): Execution {
    const invokeFunction = async (payload: unknown) => {
      const answer = await invoke(payload);
      if (!isPlan(payload)) given.onCheck?.(resultIn(answer) as never);
      return answer;
    };
    const execution = startExecution(machine, given, { invokeFunction, ...services }, clock);
    const { name, arn: executionArn, ended } = execution;
    const about = { executionArn, name, stateMachineArn: machine.arn, startDate: clock.now() / 1000 };
    const input = JSON.stringify(given.input) ?? 'null';
    known.put({ ...about, input, status: 'RUNNING' });
    ended.then(
      ({ status }) => known.put({ ...about, input, status, stopDate: clock.now() / 1000 }),
      () => {},
    );
    return execution;
  }

  return {
    track: (one) => start(tracking, one, check),
    trackCampaign: (one) => start(campaigns, one, checkCampaign),
    reportInterruption(execution) {
      const input = { stateMachineArn: tracking.arn, ...execution };
      const given = { name: `report-${execution.name}`, input };
      const noFunction = () => Promise.reject(new Error('the reporter invokes no function'));
      return start(loadStateMachine(deployment.reporter), given, noFunction);
    },
    tables: table.client,
    rowsOf: (requestId) => table.rowsOf(requestId),
    events: bus.events,
    get logLines() {
      return [...runner.logLines, ...campaignRunner.logLines];
    },
    onTableRequest: (listener) => table.onRequest(listener),
    crashFunction: crash,
    putSecret: (text, arn) => secrets.put(text, arn),
    async close() {
      await Promise.all([runner.close(), campaignRunner.close()]);
      await between?.close();
      await Promise.all([table.close(), secrets.close(), known.close()]);
    },
  };
}

/** A plan is no check: nothing was asked, and nothing was found. */
function isPlan(payload: unknown): boolean {
  return (payload as { plans?: unknown }).plans === true;
}

/** What the check came to, whether there is something to announce before it or not. */
function resultIn(answer: unknown): unknown {
  const { outcome, then } = answer as Announcing;
  return outcome === 'announcing' ? then : answer;
}

interface Start {
  readonly name: string;
  readonly input: unknown;
  readonly onCheck?: (result: never) => void;
}
