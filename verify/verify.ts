/**
 * Runs scenarios in a place that is deployed for them, and takes it down again: after a scenario that failed, after an
 * interruption in the middle of anything, after everything.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Finding, findingOf, notShown } from './report/verdict.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world/world.ts';

/** Where a run deploys what it needs. */
export interface Place {
  readonly name: string;
  readonly isEmulator: boolean;
  /** Rejects soon after `interrupted`; what was made by then is taken down as well. */
  deploy(interrupted: AbortSignal): Promise<World>;
  /** Deletes whatever of the run there is, also what a broken deployment left. Is not interrupted. */
  takeDown(): Promise<void>;
  /** What of the run there is, in words. */
  list(): Promise<readonly string[]>;
}

export interface ScenarioReport {
  readonly name: string;
  readonly seconds: number;
  readonly findings: readonly Finding[];
  readonly fixtures: Readonly<Record<string, unknown>>;
  /** Why it failed. */
  readonly error?: string;
}

export interface Report {
  readonly place: Pick<Place, 'name' | 'isEmulator'>;
  readonly scenarios: readonly ScenarioReport[];
  /** What is left behind. */
  readonly left: readonly string[];
  readonly isInterrupted: boolean;
  /** Why the deployment or the taking down failed. */
  readonly error?: string;
}

export interface Surroundings {
  readonly interrupted: AbortSignal;
  say(line: string): void;
  /** Milliseconds after which a scenario has failed. */
  readonly patienceMs: number;
}

export async function verify(
  place: Place,
  scenarios: readonly Scenario[],
  surroundings: Surroundings,
): Promise<Report> {
  const { interrupted, say } = surroundings;
  const reports: ScenarioReport[] = [];
  const errors: string[] = [];
  say(`Before: ${inWords(await place.list())}.`);
  try {
    say('Deploying …');
    const world = await unlessInterrupted(place.deploy(interrupted), interrupted);
    const run = async (scenario: Scenario) => {
      const report = await reportOn(scenario, world, surroundings);
      if (!interrupted.aborted) reports.push(report);
    };
    await Promise.all(scenarios.filter(({ alone }) => !alone).map(run));
    for (const scenario of scenarios.filter(({ alone }) => alone)) {
      if (!interrupted.aborted) await run(scenario);
    }
  } catch (error) {
    if (!interrupted.aborted) errors.push(messageOf(error));
  }
  say(interrupted.aborted ? 'Interrupted. Taking everything down …' : 'Taking everything down …');
  await place.takeDown().catch((error) => errors.push(messageOf(error)));
  const left = await place.list().catch((error) => [`perhaps something: ${messageOf(error)}`]);
  say(`After: ${inWords(left)}.`);
  const order = scenarios.map(({ name }) => name);
  return {
    place: { name: place.name, isEmulator: place.isEmulator },
    scenarios: reports.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name)),
    left,
    isInterrupted: interrupted.aborted,
    ...(errors.length > 0 && { error: errors.join('\n') }),
  };
}

async function reportOn(
  scenario: Scenario,
  world: World,
  { interrupted, say, patienceMs }: Surroundings,
): Promise<ScenarioReport> {
  const { name, settles } = scenario;
  const startedAt = performance.now();
  const report = (rest: Omit<ScenarioReport, 'name' | 'seconds'>): ScenarioReport => {
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    if (!interrupted.aborted)
      say(`  ${rest.error === undefined ? 'done  ' : 'FAILED'}  ${name} (${seconds} s)`);
    return { name, seconds, ...rest };
  };
  const nothing = (why: string) => settles.map((assumption) => notShown(assumption, why));
  const impossible = scenario.impossible?.(world);
  if (impossible !== undefined) return report({ findings: nothing(impossible), fixtures: {} });
  try {
    const { seen, fixtures = {} } = await unlessInterrupted(
      within(patienceMs, scenario.run(world)),
      interrupted,
    );
    return report({ findings: settles.map((one) => findingOf(one, seen, world.place)), fixtures });
  } catch (error) {
    return report({ findings: nothing('the scenario failed'), fixtures: {}, error: messageOf(error) });
  }
}

async function unlessInterrupted<T>(work: Promise<T>, interrupted: AbortSignal): Promise<T> {
  interrupted.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Error('interrupted'));
  interrupted.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    interrupted.removeEventListener('abort', abort);
  }
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`not done within ${milliseconds / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => {});
  }
}

function inWords(things: readonly string[]): string {
  return things.length === 0 ? 'nothing of this run is there' : things.join(', ');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
