/** Runs each experiment with its seeds, on all cores. */
import { runAll } from '../campaign/pool.ts';
import { meanOf } from '../campaign/simulation.ts';
import { number } from '../page/section.ts';
import { type Experiment, notificationsOf } from './experiment.ts';
import type { Measured, Trial } from './trial.ts';

const WORKER = new URL('./worker.ts', import.meta.url);

/** Nothing was tuned with them. */
const FIRST_SEED = 20_001;
const SEEDS = 5;
/** Of those from so many notifications on, which take longest. */
const LARGE = { notifications: 10_000, seeds: 3 };

export type MeasuredOf = (experiment: Experiment) => Measured;

/** @returns the means over the seeds, of an experiment or one that is equal to it. */
export async function measureAll(experiments: readonly Experiment[]): Promise<MeasuredOf> {
  const distinct = [...new Map(experiments.map((one) => [keyOf(one), one])).values()];
  // The longest first, so that the cores end together.
  const trials = distinct.toSorted((a, b) => notificationsOf(b) - notificationsOf(a)).flatMap(trialsOf);
  const measured = await runAll<Trial, Measured>(WORKER, trials);
  const byKey = Map.groupBy(measured.entries(), ([i]) => keyOf((trials[i] as Trial).experiment));
  return (experiment) => {
    const ofSeeds = byKey.get(keyOf(experiment))?.map(([, one]) => one);
    if (ofSeeds === undefined) throw new RangeError(`not measured: ${keyOf(experiment)}`);
    return meanMeasured(ofSeeds);
  };
}

/** Equal for experiments that differ in nothing. */
function keyOf({ taughtBy, groups, isAnnounced = false, pace = 'balanced', knows }: Experiment): string {
  const sent = groups.map(({ shape, notifications, within }) => [shape, notifications, within]);
  return JSON.stringify([taughtBy, sent, isAnnounced, pace, knows]);
}

function trialsOf(experiment: Experiment): Trial[] {
  const seeds = isLarge(experiment) ? LARGE.seeds : SEEDS;
  return Array.from({ length: seeds }, (_, i) => ({ experiment, seed: FIRST_SEED + i }));
}

function meanMeasured(all: readonly Measured[]): Measured {
  const groups = all[0]?.groups ?? [];
  return {
    whole: meanOf(all.map(({ whole }) => whole)),
    groups: groups.map((_, i) => meanOf(all.flatMap((one) => one.groups[i] ?? []))),
  };
}

/** A sentence. */
export function seedsUsed(experiments: readonly Experiment[]): string {
  const all = `Means over ${SEEDS} seeds, ${FIRST_SEED} to ${FIRST_SEED + SEEDS - 1}`;
  const large = `; those of ${number(LARGE.notifications)} notifications over the first ${LARGE.seeds}`;
  return `${all}${experiments.some(isLarge) ? large : ''}. Nothing was tuned with them.`;
}

function isLarge(experiment: Experiment): boolean {
  return notificationsOf(experiment) >= LARGE.notifications;
}
