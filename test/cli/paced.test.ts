/** Requests that are made as fast as Step Functions answers them. */
import { expect, it } from 'vitest';
import { turns } from '../../cli/tracker/executions/paced.ts';

/** A clock that stands still unless it is moved, and how long each was told to sleep. */
function standingClock() {
  const sleeps: number[] = [];
  let time = 0;
  const clock = {
    now: () => time,
    async sleep(milliseconds: number) {
      sleeps.push(milliseconds);
    },
  };
  const turn = turns(clock, new AbortController().signal);
  const take = (count: number) => Promise.all(Array.from({ length: count }, turn));
  return { take, sleeps, pass: (milliseconds: number) => (time += milliseconds) };
}

it('lets a hundred requests go at once', async () => {
  const { take, sleeps } = standingClock();

  await take(100);

  expect(sleeps).toEqual([]);
});

it('lets eight a second go after that', async () => {
  const { take, sleeps } = standingClock();
  await take(100);

  await take(17);

  expect(sleeps).toEqual(Array.from({ length: 16 }, (_, index) => 125 * (index + 1)));
});

it('makes a request wait for what is left of its eighth of a second', async () => {
  const { take, sleeps, pass } = standingClock();
  await take(101);

  pass(100);
  await take(1);
  pass(1_000);
  await take(1);

  expect(sleeps).toEqual([25]);
});
