import { expect, it } from 'vitest';
import { inLanes } from '../../../lambdas/check-campaign/in-lanes.ts';

it('works on all things, so many at once', async () => {
  let [underWay, most] = [0, 0];
  const done: number[] = [];

  await inLanes([1, 2, 3, 4, 5], 2, async (thing) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    done.push(thing);
  });

  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

it('begins nothing after a failure, and is over only when all have come to an end', async () => {
  const [begun, ended] = [[] as number[], [] as number[]];

  const working = inLanes([1, 2, 3, 4], 2, async (thing) => {
    begun.push(thing);
    if (thing === 1) throw new Error('first');
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(thing);
  });

  await expect(working).rejects.toThrow('first');
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});
