/** How many calls a delivery takes in the mean until it has an age, where checks are worth so many seconds of lag. */
import { inspection, type WaitLimits } from './inspection.ts';
import { GRID, type Survival } from './survival.ts';

/** @param age seconds. */
export type CallsByAge = (age: number) => number;

/** A schedule is followed until hardly any delivery is left, and so far at most. */
const HARDLY_ANY = 0.001;
const MOST_CHECKS = 400;
const LAST_AGE = (GRID.at(-1) ?? 0) / 4;
/**
 * Checks of deliveries that began together drift apart, by this share of a wait with each: the first are made within a tenth of the
 * wait before the planned age, those after the tenth at any time.
 */
const DRIFT = 0.1;

/** @param untilAge seconds: the schedule is followed so far, which is all that is asked for. */
export function callsByAge(
  worthSeconds: number,
  limits: WaitLimits,
  survival: Survival,
  untilAge = LAST_AGE,
): CallsByAge {
  const waitAt = inspection(worthSeconds, limits, survival);
  const ages = [0];
  const calls = [0];
  let [age, underWay, made] = [0, 1, 0];
  for (
    let check = 1;
    check <= MOST_CHECKS && underWay > HARDLY_ANY && age < Math.min(untilAge, LAST_AGE);
    check += 1
  ) {
    const wait = waitAt(age);
    ages.push(age + wait.seconds * (1 - Math.min(1, DRIFT * check)));
    calls.push(made);
    age += wait.seconds;
    made += underWay;
    underWay *= wait.survival;
    ages.push(age);
    calls.push(made);
  }
  return (at) => valueAt(at, ages, calls);
}

function valueAt(at: number, ages: readonly number[], values: readonly number[]): number {
  if (at <= 0) return 0;
  let [low, high] = [0, ages.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ages[middle] as number) <= at) low = middle;
    else high = middle;
  }
  const value = values[low] as number;
  const [from, to] = [ages[low] as number, ages[low + 1]];
  if (to === undefined) return value;
  return value + (((values[low + 1] as number) - value) * (at - from)) / (to - from);
}
