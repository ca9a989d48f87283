/** What happens to a tracking from outside while it waits. */
import { expect, it } from 'vitest';
import { jumpingClock } from '../../local/clock.ts';
import { entry, koreThat, SECRET, says, trackAt } from './tracking-harness.ts';

it.each([
  ['emptied', '', 'INVALID_SECRET'],
  ['deleted', undefined, 'SECRET_UNREACHABLE'],
  ['left with half of its fields', '{"clientId":"cs-test"}', 'INVALID_SECRET'],
])('a secret that is %s keeps a tracking waiting until it is mended', async (_, broken, code) => {
  const kore = await koreThat((call, response) =>
    says(response, call === 1 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]),
  );

  const { checks, detail } = await trackAt(kore, {
    afterCheck(_result, aws, check) {
      if (check === 1) aws.putSecret(broken);
      if (check === 3) aws.putSecret(SECRET);
      // A new container has no secret in its cache.
      void aws.crashFunction();
    },
  });

  const seen = checks.map((check) => (check.outcome === 'waiting' ? check.obstacle : check.outcome));
  expect(seen).toEqual([undefined, code, code, 'complete']);
  expect(detail.data.counts.total).toBe(1);
});

it('a tracking whose clock is behind that of Step Functions goes its way all the same', async () => {
  const clock = jumpingClock();
  // Two minutes behind: the execution starts in the function's future.
  clock.ahead[0] = -120_000;
  const kore = await koreThat((call, response) =>
    says(response, call < 3 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]),
  );

  const { detail, end } = await trackAt(kore, { clock });

  expect(end.status).toBe('SUCCEEDED');
  expect(detail.data).toMatchObject({ status: 'SUCCESS', counts: { total: 1 } });
});
