/** Step Functions on this machine: runs a definition out of the cloud assembly, task by task. */

import { setTimeout as sleep } from 'node:timers/promises';
import { StateMachine } from 'aws-local-stepfunctions';
import { executionArn } from '../../contract/execution-name.ts';
import type { Clock } from '../clock.ts';
import type { DeployedStateMachine } from './deployment.ts';
import { asTask, isJsonata, outputOf } from './jsonata-state.ts';

export interface Execution {
  readonly name: string;
  readonly arn: string;
  /** Rejects only with PayloadTooLargeError. */
  readonly ended: Promise<ExecutionEnd>;
  stop(): void;
}

export interface ExecutionEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly output: unknown;
  /** Name of the error of a failed execution. */
  readonly error?: string;
  /** Names of the states that were entered, in order. */
  readonly states: readonly string[];
  /** Names of the errors of every failed try of a state, in order. */
  readonly errors: readonly string[];
}

/** What the tasks of a definition run; a thrown error's name is what `Retry` and `Catch` match. */
export interface TaskHandlers {
  invokeFunction(payload: unknown): Promise<unknown>;
  putEvents(parameters: unknown): unknown;
  updateItem(parameters: unknown): unknown;
  putItem(parameters: unknown): unknown;
}

/**
 * A guard of this project, far below AWS's 256 KiB: whatever is that large belongs into the table. Failures that are announced take
 * the most: 12 KiB of names, 8,000 characters for what has been announced then, and as many for what had been before.
 */
export const LARGEST_PAYLOAD_BYTES = 32 * 1024;

export class PayloadTooLargeError extends Error {
  override readonly name = 'PayloadTooLargeError';
  readonly code = 'PAYLOAD_TOO_LARGE';
}

/** A definition that was read and validated, ready for any number of executions. */
export interface LoadedStateMachine {
  readonly arn: string;
  readonly states: Definition['States'];
  readonly machine: StateMachine;
}

export function loadStateMachine({ arn, definition }: DeployedStateMachine): LoadedStateMachine {
  const known = READ.get(definition) ?? readDefinition(definition);
  READ.set(definition, known);
  return { arn, ...known };
}

/** Validating one takes longer than most executions of it, and each run loads the same two. */
const READ = new Map<string, Omit<LoadedStateMachine, 'arn'>>();

function readDefinition(definition: string): Omit<LoadedStateMachine, 'arn'> {
  const read: Definition = JSON.parse(definition);
  const States = Object.fromEntries(
    Object.entries(read.States).map(([name, state]) => [name, asInterpreted(state)]),
  );
  const machine = new StateMachine({ ...read, States } as never, { validationOptions: { checkArn: false } });
  return { states: read.States, machine };
}

export function startExecution(
  { arn, states, machine }: LoadedStateMachine,
  { name, input }: { readonly name: string; readonly input: unknown },
  handlers: TaskHandlers,
  clock: Clock,
): Execution {
  const stopped = new AbortController();
  // Before it runs: its first state may be a task, which sleeps at once.
  clock.begin();
  const ownArn = executionArn(arn, name);
  const run = machine.run(input as never, {
    context: { Execution: { Id: ownArn, Name: name } } as never,
    overrides: {
      taskResourceLocalHandlers: handlersOf(states, handlers, clock, stopped.signal) as never,
      ...(clock.jumps && {
        waitTimeOverrides: forStates(states, 'Wait', 0),
        retryIntervalOverrides: forStates(states, 'Task', 0),
      }),
    },
  });
  return {
    name,
    arn: ownArn,
    ended: follow(run).finally(() => clock.end()),
    stop() {
      // The execution's sleepers are forgotten first, or the clock would go on counting them.
      stopped.abort();
      run.abort();
    },
  };
}

interface Definition {
  readonly States: Readonly<Record<string, State>>;
}
interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Seconds?: number;
  readonly TimestampPath?: string;
}

function asInterpreted(state: State): object {
  if (isJsonata(state)) return asTask(state);
  return state.TimestampPath === undefined ? state : waitAsTask(state);
}

/** The interpreter's own wait sets a timer for a time that has passed as well, and Node.js warns of that. */
function waitAsTask({ TimestampPath, ...state }: State): object {
  const Resource = 'arn:aws:states:::local:wait';
  return { ...state, Type: 'Task', Resource, Parameters: { 'until.$': TimestampPath }, ResultPath: null };
}

function forStates<T>(states: Definition['States'], type: string, value: T): Record<string, T> {
  const names = Object.keys(states).filter((name) => states[name]?.Type === type);
  return Object.fromEntries(names.map((name) => [name, value]));
}

function handlersOf(
  states: Definition['States'],
  handlers: TaskHandlers,
  clock: Clock,
  stopped: AbortSignal,
) {
  const firstWaitSeconds = Object.values(states).find((state) => state.Seconds !== undefined)?.Seconds ?? 0;
  const invoke = async ({ Payload }: { Payload: CheckPayload }) => {
    const { state, execution } = Payload;
    const firstCheckAt = Date.parse(execution.startedAt) + firstWaitSeconds * 1000;
    const wakesAt = state?.nextCheckAt === undefined ? firstCheckAt : Date.parse(state.nextCheckAt);
    await clock.sleepUntil(wakesAt, stopped);
    return { Payload: await handlers.invokeFunction(Payload) };
  };
  const wait = async ({ until }: { until: string }) => {
    const milliseconds = Math.max(0, Date.parse(until) - clock.now());
    if (!clock.jumps) await sleep(milliseconds, undefined, { signal: stopped });
    return {};
  };
  const handlerOf = (state: State) => {
    if (isJsonata(state)) {
      const output = outputOf(state);
      return ({ input, context }: JsonataInput) => output({ input, context: at(clock, context) });
    }
    if (state.Type === 'Wait') return wait;
    const service = state.Resource?.split(':').at(-1);
    if (service === 'updateItem' || service === 'putItem') return handlers[service];
    return service === 'invoke' ? invoke : handlers.putEvents;
  };
  const isHandled = (state: State) =>
    state.Type === 'Task' || state.TimestampPath !== undefined || isJsonata(state);
  const handled = Object.entries(states).filter(([, state]) => isHandled(state));
  return Object.fromEntries(handled.map(([name, state]) => [name, handlerOf(state)]));
}

interface JsonataInput {
  readonly input: unknown;
  readonly context: object;
}

/** The interpreter does not say when a state was entered. */
function at(clock: Clock, context: object): object {
  return { ...context, State: { EnteredTime: new Date(clock.now()).toISOString() } };
}

/** What the definition hands to the check. */
interface CheckPayload {
  readonly execution: { readonly startedAt: string };
  readonly state: { readonly nextCheckAt?: string } | null;
}

async function follow(run: ReturnType<StateMachine['run']>): Promise<ExecutionEnd> {
  const result = run.result.then(
    (output) => ({ output }),
    () => ({ output: null }),
  );
  const states: string[] = [];
  const errors: string[] = [];
  for await (const event of run.eventLogs) {
    switch (event.type) {
      case 'StateEntered':
        states.push(event.state.name);
        checkSize(event.state.name, event.state.input);
        break;
      case 'StateExited':
        checkSize(event.state.name, event.state.output);
        break;
      case 'StateFailed':
        errors.push(event.Error);
        break;
      case 'ExecutionSucceeded':
        return { status: 'SUCCEEDED', output: (await result).output, states, errors };
      case 'ExecutionFailed':
        return { status: 'FAILED', output: null, error: event.Error, states, errors };
      case 'ExecutionAborted':
        return { status: 'ABORTED', output: null, states, errors };
    }
  }
  throw new Error('the execution ended without saying how');
}

/** @throws PayloadTooLargeError */
function checkSize(state: string, payload: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload) ?? '');
  if (bytes <= LARGEST_PAYLOAD_BYTES) return;
  throw new PayloadTooLargeError(
    `${bytes} bytes pass through the state "${state}"; at most ${LARGEST_PAYLOAD_BYTES} may.`,
  );
}
