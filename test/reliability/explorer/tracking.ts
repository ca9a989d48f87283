/** An execution of the state machine: it has the function check, and publishes the end. It may be stopped meanwhile. */
import type {
  Announcing,
  CheckAnswer,
  CheckResult,
  Ended,
} from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { StepFunctions } from '../careless/step-functions.ts';
import { answersIn, type Circumstances, check, FunctionDied } from './check.ts';
import type { BudgetPart, BusPart, ExecutionPart } from './parts.ts';
import { type Ask, CallFailed, type Script, type Way } from './run.ts';
import type { Attempt, Scenario } from './scenario.ts';

/** A check and what follows from it; where it waits, more checks in peace, once nothing else is left to happen. */
export function tracking(attempt: Attempt, scenario: Scenario, stepFunctions: StepFunctions): Script {
  const { letter, announces } = attempt;
  const plans = attempt.state === undefined;
  const part = `execution ${letter}`;
  const check = ['budget', 'Kore', 'rows', `end of ${letter}`, 'budget', 'summary'];
  return {
    name: letter,
    order: [
      ...(plans ? ['budget'] : []),
      ...check,
      ...(announces ? ['rows', part, `bus ${letter}`] : []),
      part,
      `bus ${letter}`,
      part,
    ],
    startsAt: scenario.now,
    async run(ask, facts, now) {
      const isRunning = async () => {
        const doing = ({ status }: ExecutionPart) => status === 'RUNNING';
        return ask<boolean>({ place: 'goes on, unless stopped', part, args: [], doing, faults: [] });
      };
      let state = attempt.state ?? attempt.input;
      for (let round = 0; ; round += 1) {
        const circumstances = { ask, facts, now, isInPeace: round > 0 };
        const told = { state, plans: plans && round === 0 };
        const answer = await checked(attempt, told, scenario, stepFunctions, circumstances);
        if (!(await isRunning())) return;
        let result = answer as CheckResult;
        if (answer.outcome === 'announcing') {
          result = await announced(answer, attempt, stepFunctions, circumstances);
          if (!(await isRunning())) return;
        }
        if (result.outcome !== 'waiting') return publishEnd(result, attempt, circumstances);
        // The state passes as JSON.
        state = JSON.parse(JSON.stringify(result));
        const until = Date.parse(result.nextCheckAt);
        const doing = (budget: BudgetPart) => budget.waitUntil(until);
        await ask({ place: 'waits', part: 'budget', args: [until], doing, faults: [], isLast: true });
        if (!(await isRunning())) return;
      }
    },
  };
}

/** What a check is told of what was before it, and whether it is the plan of the first. */
interface Before {
  readonly state: unknown;
  readonly plans: boolean;
}

/** `Plan first check` or `Check delivery`, and where its catch goes on. */
async function checked(
  attempt: Attempt,
  before: Before,
  scenario: Scenario,
  { checkFailed }: StepFunctions,
  circumstances: Circumstances,
): Promise<CheckAnswer> {
  const { facts } = circumstances;
  const answersBefore = answersIn(facts).length;
  try {
    const answer = await check(attempt, before, scenario, circumstances);
    if (attempt.announces) facts.relied = answersIn(facts).slice(answersBefore).at(-1);
    return answer;
  } catch (error) {
    if (!(error instanceof FunctionDied)) throw error;
    const { arn: Id, name: Name, startedAt: StartTime, input: Input } = attempt;
    const State = { EnteredTime: new Date(circumstances.now()).toISOString() };
    const context = { Execution: { Id, Name, StartTime, Input }, State };
    const next = (await checkFailed({ input: before.state, context })) as CheckResult;
    if (next.outcome !== 'waiting') throw new Error('no check here fails after its last moment');
    return next;
  }
}

/** A fault is an hour of failing tries. */
async function announced(
  announcing: Announcing,
  { letter }: Attempt,
  { putOff }: StepFunctions,
  { ask, facts, isInPeace }: Circumstances,
): Promise<CheckResult> {
  const detail = JSON.stringify(announcing.detail);
  try {
    const doing = (bus: BusPart) => bus.announce(detail);
    const faults: Way[] = isInPeace ? [] : ['error', 'answer lost'];
    await ask({ place: 'announces failures', part: `bus ${letter}`, args: [detail], doing, faults });
    return announcing.then;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (announcing.then.outcome !== 'waiting') facts.isUnannounced = true;
    return (await putOff(announcing)) as CheckResult;
  }
}

async function publishEnd(
  { outcome, detail, output }: Ended,
  { letter }: Attempt,
  { ask, facts, isInPeace }: Circumstances,
): Promise<void> {
  await publish(ask, letter, JSON.stringify(detail), { isItsOwn: true, isInPeace });
  const status = outcome === 'failed' ? 'FAILED' : 'SUCCEEDED';
  const doing = (execution: ExecutionPart) => execution.end(status, outcome);
  const args = [status, outcome];
  const ended = await ask({ place: 'ends', part: `execution ${letter}`, args, doing, faults: [] });
  if (ended === status) facts.output = output;
}

/** Again and again, until EventBridge has said that it took the event. */
export async function publish(
  ask: Ask,
  letter: string,
  detail: string,
  { isItsOwn, isInPeace = false }: { readonly isItsOwn: boolean; readonly isInPeace?: boolean },
): Promise<void> {
  await patiently(() =>
    ask({
      place: `publishes the end of ${letter}`,
      part: `bus ${letter}`,
      args: [detail, isItsOwn],
      doing: (bus: BusPart) => bus.tell(detail, isItsOwn),
      faults: isInPeace ? [] : ['error', 'answer lost'],
    }),
  );
}

/** A state's retries go on for longer than any trouble here. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
    }
  }
}
