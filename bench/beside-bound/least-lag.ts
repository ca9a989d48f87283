/** The bound for what is sent in an experiment. */
import { boundOfCohorts, type Cohort, idleBound } from '../bound/bound.ts';
import { LIFETIMES } from '../bound/lifetimes.ts';
import { type Group, isIdle } from './experiment.ts';

/**
 * @param callsEach for each notification in the mean, at least 1; absent: as many as Kore.ai's limits admit.
 * @returns the least mean lag in seconds.
 */
export function leastLag(groups: readonly Group[], callsEach?: number): number {
  const key = JSON.stringify([groups, callsEach]);
  const known = computed.get(key) ?? compute(groups, callsEach);
  computed.set(key, known);
  return known;
}

/** Several tables have the same ones, and each takes a second. */
const computed = new Map<string, number>();

function compute(groups: readonly Group[], callsEach?: number): number {
  const [group] = groups;
  if (group !== undefined && groups.length === 1 && isIdle(group) && callsEach !== undefined) {
    return idleBound(LIFETIMES[group.shape], callsEach);
  }
  return boundOfCohorts(cohortsOf(groups), {
    windows: 'published',
    ...(callsEach !== undefined && { callsEach }),
  }).meanLag;
}

/** One after the other. */
export function cohortsOf(groups: readonly Group[]): Cohort[] {
  let fromSeconds = 0;
  return groups.map(({ shape, notifications, within }) => {
    const cohort = { lifetime: LIFETIMES[shape], notifications, withinSeconds: within, fromSeconds };
    fromSeconds += within;
    return cohort;
  });
}
