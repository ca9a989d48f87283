/** One execution in both interpreters, and what of it must be the same. */

import { join } from 'node:path';
import { inject } from 'vitest';
import { TRACKING_FAILED_ERROR } from '../../../lib/workflow/check-loop.ts';
import { type DeployedStateMachine, type Deployment, readDeployment } from '../../../local/aws/deployment.ts';
import type { EndedExecution } from '../../../local/aws/local-aws.ts';
import { type ExecutionEnd, loadStateMachine, startExecution } from '../../../local/aws/state-machine.ts';
import { type Clock, jumpingClock, realClock } from '../../../local/clock.ts';
import {
  deployment,
  deploymentWithDeadline,
  type Fields,
  fails,
  type KoreAnswer,
  koreThat,
} from '../../workflow/tracking-harness.ts';
import type { Judge, JudgedExecution, NewExecution } from './judge.ts';
import { type Faults, functionArnIn, type Surroundings, type World, worldOf } from './world.ts';

export interface Scenario {
  /** Where it is left out, Kore.ai is down. */
  readonly kore?: KoreAnswer;
  /** That of notifications by default. */
  readonly machine?: 'stateMachine' | 'campaignStateMachine';
  readonly input?: unknown;
  /** Of the execution. */
  readonly name?: string;
  /** Of the tracker, by default a day. */
  readonly deadlineSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Partition of the rows that it is about, by default those of the notification. */
  readonly partition?: string;
  /** Made anew for each interpreter. */
  readonly faults?: (surroundings: Surroundings) => Faults;
  /** Changes what is deployed. */
  readonly change?: (deployment: Deployment) => Deployment;
  /** Gets what stops the execution. */
  readonly onStart?: (stop: () => unknown) => void;
  /** What the reporter hears once the tracking has ended, beside the execution's ARN and name. */
  readonly report?: (end: ExecutionEnd) => Pick<EndedExecution, 'status' | 'input'>;
}

/** What an execution came to, without what differs from run to run. */
export interface Outcome {
  readonly end: ExecutionEnd;
  /** Of the reporter. */
  readonly reported?: ExecutionEnd;
  readonly events: readonly { readonly detailType: string; readonly detail: Fields }[];
  /** Of the notification, or of the campaign, by their sort key. */
  readonly rows: Readonly<Record<string, Fields>>;
  /** Of the execution. */
  readonly record: Fields | undefined;
  /** From the start to the end. */
  readonly seconds: number;
}

/** What a tracker deploys that announces failures. */
export const announcing = () => readDeployment(join(inject('assemblies'), 'announcing'), 'DeliveryTracker');

export const INPUT = { requestId: 'ds-1', streamId: 'st-736ff917-d836-55b4-9a6b-3dad20c09af3' };

/** What the judge makes of it. */
export function judged(judge: Judge, scenario: Scenario): Promise<Outcome> {
  const clock = realClock();
  const onTime = (now: number) => {
    clock.ahead[0] = Math.max(clock.ahead[0] ?? 0, now - Date.now());
  };
  return play(scenario, clock, async (machine, execution, world) => {
    const loaded = await judge.load(machine);
    const functionArn = functionArnIn(machine);
    return loaded.start(execution, { ...world.handlersFor(machine), functionArn, onTime });
  });
}

/** What the project's own stand-in makes of it, which test/workflow is about. */
export function local(scenario: Scenario): Promise<Outcome> {
  const clock = jumpingClock();
  return play(scenario, clock, async (machine, execution, world) => {
    const handlers = world.handlersFor(machine);
    const startedAt = clock.now();
    const { arn, ended, stop } = startExecution(loadStateMachine(machine), execution, handlers, clock);
    const asJudged = (end: ExecutionEnd) => ({
      ...end,
      // The error of a state that fails by its own will is none of a try.
      errors: end.errors.filter((error) => error !== TRACKING_FAILED_ERROR),
      seconds: (clock.now() - startedAt) / 1000,
    });
    return { arn, stop, ended: ended.then(asJudged) };
  });
}

/** Starts an execution, as an interpreter does. */
type Interpret = (
  machine: DeployedStateMachine,
  execution: NewExecution,
  world: World,
) => Promise<Pick<JudgedExecution, 'arn' | 'ended'> & { stop(): unknown }>;

async function play(scenario: Scenario, clock: Clock, interpret: Interpret): Promise<Outcome> {
  const { machine: tracks = 'stateMachine', partition = 'ds-1', kore = DOWN } = scenario;
  const { input = INPUT, name = 'ds-1', deadlineSeconds, change = (same) => same } = scenario;
  const asDeployed = deadlineSeconds === undefined ? deployment() : deploymentWithDeadline(deadlineSeconds);
  const deployed = change(asDeployed);
  const environment = { KORE_HOST: await koreThat(kore), ...scenario.environment };
  const world = await worldOf(deployed, asDeployed, clock, environment, scenario.faults);
  try {
    const machine = deployed[tracks];
    const { arn, ended, stop } = await interpret(machine, { name, input }, world);
    scenario.onStart?.(stop);
    const { seconds, ...end } = await ended;
    const stateMachineArn = machine.arn;
    const told = { executionArn: arn, stateMachineArn, name, ...(scenario.report?.(end) ?? { status: '' }) };
    const reported = scenario.report && (await report(deployed, told, world, interpret));
    const rows = (await world.rowsOf(partition)) as Fields[];
    const [record] = (await world.rowsOf(arn)) as Fields[];
    const found = { end, reported, events: world.events, record };
    return {
      ...comparable({ ...found, rows: Object.fromEntries(rows.map((row) => [row.logId, row])) }, arn),
      seconds,
    };
  } finally {
    await world.close();
  }
}

const DOWN: KoreAnswer = (_, response) => fails(response, 503);

async function report(
  deployed: Deployment,
  input: EndedExecution,
  world: World,
  interpret: Interpret,
): Promise<ExecutionEnd> {
  const { ended } = await interpret(deployed.reporter, { name: `report-${input.name}`, input }, world);
  const { seconds: _, ...end } = await ended;
  return end;
}

/** Without the account, and without times and what is made of them. */
function comparable<T>(value: T, arn: string): T {
  const text = JSON.stringify(value, (name, part) => {
    if (['durationSeconds', 'expiresAt', ':expiresAt', 'askedAt', 'now'].includes(name)) return 'of a time';
    // The row has its event as text.
    return name === 'detail' && typeof part === 'string' ? comparable(JSON.parse(part), arn) : part;
  });
  const timeless = text
    .replaceAll(arn, 'arn:of:the:execution')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time');
  return JSON.parse(timeless);
}

/** Without its time. */
export const timeless = ({ seconds: _, ...others }: Outcome) => others;
