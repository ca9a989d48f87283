/** Which definition of the state machine running trackings have: one that runs keeps that with which it was started. */
import {
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  type DescribeStateMachineForExecutionOutput,
} from '@aws-sdk/client-sfn';
import { type Attempt, runningAttempts, type StateMachine } from './executions/attempts.ts';

export interface Definition {
  /** Absent for the first one of a state machine. */
  readonly revision: string | undefined;
  /** Amazon States Language, as JSON. */
  readonly text: string;
  /** Since when it is that of the state machine; absent where that was not asked for. */
  readonly since?: Date | undefined;
}

/** What was found of the trackings that run. */
export interface RunningDefinitions {
  readonly running: number;
  /** Of the state machine now. */
  readonly current: Definition;
  /** Running trackings with an earlier definition, in the order of their start. */
  readonly outdated: readonly Attempt[];
  /** Their definitions, each with the start of the last tracking that has it. */
  readonly earlier: readonly { readonly definition: Definition; readonly lastStartedAt: Date }[];
}

/** For so long after an update Step Functions may still start with the earlier definition ("a few seconds", AWS docs, Read consistency). */
const SETTLED_MS = 10_000;
/** Of those started in that time so many are asked for their definition; the rest count as outdated. */
const MOST_UNSURE = 100;

/**
 * Asks for the definitions of as few as can be, since Step Functions answers one such request a second after the first 200 (AWS docs,
 * service quotas): they change from earlier to current once in the order of starts, so halving finds the place.
 */
export async function definitionsOfRunning(stateMachine: StateMachine): Promise<RunningDefinitions> {
  const current = await currentDefinition(stateMachine);
  const running = (await runningAttempts(stateMachine)).toSorted((a, b) => startOf(a) - startOf(b));
  const definitionOf = onceForEach((attempt) => definitionFor(stateMachine, attempt));
  const isOutdated = async (attempt: Attempt) => (await definitionOf(attempt)).revision !== current.revision;

  const place = await firstWithout(isOutdated, running);
  const firstCurrent = running[place];
  const updatedAt = firstCurrent && (await definitionOf(firstCurrent)).since?.getTime();
  const outdated: Attempt[] = [];
  let unsure = 0;
  for (const [index, attempt] of running.entries()) {
    const sinceUpdate = updatedAt === undefined ? -1 : startOf(attempt) - updatedAt;
    const isUnsure = sinceUpdate >= 0 && sinceUpdate <= SETTLED_MS;
    if (isUnsure) unsure += 1;
    const isCounted = isUnsure ? unsure > MOST_UNSURE || (await isOutdated(attempt)) : index < place;
    if (isCounted) outdated.push(attempt);
  }
  return { running: running.length, current, outdated, earlier: await definitionsIn(outdated, definitionOf) };
}

/** Each definition once, by halving where those of the first and the last differ. */
async function definitionsIn(
  attempts: readonly Attempt[],
  definitionOf: (attempt: Attempt) => Promise<Definition>,
): Promise<{ definition: Definition; lastStartedAt: Date }[]> {
  const [first, last] = [attempts.at(0), attempts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const definition = await definitionOf(last);
  const isSame = first === last || (await definitionOf(first)).revision === definition.revision;
  if (isSame) return [{ definition, lastStartedAt: last.startedAt ?? new Date(0) }];
  const middle = Math.ceil(attempts.length / 2);
  const halves = [attempts.slice(0, middle), attempts.slice(middle)];
  return (await Promise.all(halves.map((half) => definitionsIn(half, definitionOf)))).flat();
}

async function currentDefinition({ client, arn }: StateMachine): Promise<Definition> {
  const { revisionId, definition = '' } = await client.send(
    new DescribeStateMachineCommand({ stateMachineArn: arn }),
  );
  return { revision: revisionId, text: definition };
}

async function definitionFor({ client }: StateMachine, { executionArn }: Attempt): Promise<Definition> {
  const found: DescribeStateMachineForExecutionOutput = await client.send(
    new DescribeStateMachineForExecutionCommand({ executionArn }),
  );
  return { revision: found.revisionId, text: found.definition ?? '', since: found.updateDate };
}

/** Index of the first of which it does not hold, where it holds of none after that; their number where it holds of all. */
async function firstWithout<T>(holds: (item: T) => Promise<boolean>, items: readonly T[]): Promise<number> {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await holds(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function onceForEach(ask: (attempt: Attempt) => Promise<Definition>) {
  const asked = new Map<Attempt, Promise<Definition>>();
  return (attempt: Attempt): Promise<Definition> => {
    const answer = asked.get(attempt) ?? ask(attempt);
    asked.set(attempt, answer);
    return answer;
  };
}

function startOf({ startedAt }: Attempt): number {
  return startedAt?.getTime() ?? 0;
}
