/** Requests that are made as fast as Step Functions answers them. */
import { expect, it } from 'vitest';
import { turns } from '../../cli/tracker/executions/paced.ts';

const clockWithSleeps = () => {
  const sleeps: number[] = [];
  let [asleep, mostAsleep] = [0, 0];
  const sleep = async (milliseconds: number) => {
    sleeps.push(milliseconds);
    asleep += 1;
    mostAsleep = Math.max(mostAsleep, asleep);
    await Promise.resolve();
    asleep -= 1;
  };
  return { clock: { now: () => 0, sleep }, sleeps, mostAsleep: () => mostAsleep };
};

it('lets a hundred requests go at once', async () => {
  const { clock, sleeps } = clockWithSleeps();
  const turn = turns(clock, new AbortController().signal);

  await Promise.all(Array.from({ length: 100 }, turn));

  expect(sleeps).toEqual([]);
});

it('lets eight a second go after that, one after the other', async () => {
  const { clock, sleeps, mostAsleep } = clockWithSleeps();
  const turn = turns(clock, new AbortController().signal);

  await Promise.all(Array.from({ length: 116 }, turn));

  expect(sleeps).toEqual(Array.from({ length: 16 }, () => 125));
  expect(mostAsleep()).toBe(1);
});
