/** An execution as Step Functions runs it: it can be stopped at any moment, and redriven from the state that it was in. */
import type { Announcing, CarelessExecution, Ending, Machine, Result } from './machine.ts';
import { FunctionError } from './process.ts';
import { publish } from './publish.ts';

/** What an execution is about to do, and with what. */
type Step<End extends Ending> =
  | { readonly does: 'plan' }
  | { readonly does: 'wait'; readonly until: number; readonly state: unknown }
  | { readonly does: 'check'; readonly state: unknown }
  | { readonly does: 'announce'; readonly announcing: Announcing<End> }
  | { readonly does: 'record'; readonly ended: End }
  | { readonly does: 'publish'; readonly ended: End };

const CHECK_TIMEOUT_MS = 90_000;

/** @param onEnd hears of every end that is not a success, as EventBridge does. */
export function startExecution<End extends Ending>(
  machine: Machine<End>,
  onEnd: (execution: CarelessExecution<End>) => void,
): CarelessExecution<End> {
  const { arn, name, input, time, random, faults, more, eventRetries } = machine;
  const startedAt = time.now();
  const Execution = { Id: arn, Name: name, StartTime: new Date(startedAt).toISOString(), Input: input };
  let step: Step<End> = machine.plans ? { does: 'plan' } : { does: 'check', state: input };
  /** Of a run that was stopped nothing goes on but what it had asked for. */
  let run = 0;
  let announcements = 0;

  const execution: CarelessExecution<End> = {
    ...{ arn, name, input, startedAt, events: [], announcements: [], unpublished: new Set() },
    status: 'RUNNING',
    wasStopped: false,
    tell(detail, isItsOwn) {
      execution.firstEvent ??= { at: time.now(), isItsOwn };
      execution.events.push(detail);
    },
    stop() {
      if (execution.status !== 'RUNNING') return;
      run += 1;
      end('ABORTED');
      execution.wasStopped = true;
    },
    redrive() {
      if (execution.status !== 'ABORTED') return;
      execution.status = 'RUNNING';
      void goOn(run);
    },
  };

  function end(status: CarelessExecution['status']): void {
    execution.status = status;
    execution.endedAt = time.now();
    if (status !== 'SUCCEEDED') onEnd(execution);
  }

  async function goOn(ours: number): Promise<void> {
    while (execution.status === 'RUNNING' && run === ours) {
      const next = await after(step, () => run === ours);
      if (run !== ours || next === undefined) return;
      step = next;
    }
  }

  async function after(current: Step<End>, goesOn: () => boolean): Promise<Step<End> | undefined> {
    switch (current.does) {
      case 'plan':
        return stepTo((await checked(input, { plans: true })) as Result<End>);
      case 'wait':
        await time.sleep(current.until - time.now());
        return { does: 'check', state: current.state };
      case 'check': {
        const answer = await checked(current.state, more);
        const result = answer.outcome === 'announcing' ? answer.then : answer;
        if (goesOn() && result.outcome !== 'waiting') execution.toldBy = answer;
        return answer.outcome === 'announcing' ? { does: 'announce', announcing: answer } : stepTo(answer);
      }
      case 'announce':
        return stepTo(await announced(current.announcing, goesOn));
      case 'record':
        return { does: 'publish', ended: await machine.record(current.ended) };
      case 'publish': {
        const { outcome, detail, output } = current.ended;
        const arrive = () => execution.tell(detail, true);
        const isTold = await publish(machine, { arrive, eventRetries, goesOn });
        if (!goesOn()) return undefined;
        Object.assign(execution, { outcome, output });
        end(isTold && outcome !== 'failed' ? 'SUCCEEDED' : 'FAILED');
        return undefined;
      }
    }
  }

  function stepTo(result: Result<End> | { readonly outcome: 'unexpected' }): Step<End> {
    if (result.outcome === 'waiting') {
      // The state passes as JSON.
      const state = JSON.parse(JSON.stringify(result));
      return { does: 'wait', until: Date.parse(result.nextCheckAt), state };
    }
    if (result.outcome === 'unexpected') {
      return { does: 'record', ended: { ...result, outcome: 'failed' } as unknown as End };
    }
    return { does: 'publish', ended: result };
  }

  /** Publishes it, and goes on whether it could or not. */
  async function announced(announcing: Announcing<End>, goesOn: () => boolean): Promise<Result<End>> {
    const { detail, then } = announcing;
    const isRefused = machine.unpublished?.includes(announcements) ?? false;
    announcements += 1;
    const arrive = () => void execution.announcements.push({ at: time.now(), detail });
    if (await publish(machine, { arrive, eventRetries, isRefused, goesOn })) return then;
    if (goesOn()) execution.unpublished.add(detail.metadata.id);
    return then.outcome === 'waiting' ? ((await machine.putOff?.(announcing)) as Result<End>) : then;
  }

  /** The state of a check, or of the plan of the first, and where its catch goes on. */
  async function checked(state: unknown, told?: object): Promise<Result<End> | Announcing<End>> {
    const EnteredTime = new Date(time.now()).toISOString();
    const { Id: id, Name, StartTime } = Execution;
    const payload = { execution: { id, name: Name, startedAt: StartTime }, input, state, ...told };
    const way = faults.arrive('function');
    try {
      if (way === 'error' || way === 'crash before') throw new FunctionError(way);
      const invoked = machine.invoke(payload);
      if (way === undefined) return await firstOf(invoked, time.sleep(CHECK_TIMEOUT_MS));
      // The invocation runs on, and nobody hears of it.
      invoked.catch(() => {});
      await (way === 'late' ? time.sleep(random.upTo(8_000)) : invoked);
      throw new FunctionError(way);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const failed = await machine.checkFailed({
        input: state,
        context: { Execution, State: { EnteredTime } },
      });
      return failed as Result<End>;
    }
  }

  void goOn(run);
  return execution;
}

async function firstOf<T>(invoked: Promise<T>, timeOut: Promise<void>): Promise<T> {
  const first = await Promise.race([invoked, timeOut]);
  if (first === undefined) throw new FunctionError('States.Timeout');
  return first as T;
}
