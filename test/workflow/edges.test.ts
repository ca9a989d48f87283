/** What happens to a tracking from outside: to its secret, its clock, its execution. */

import { expect, it } from 'vitest';
import type { LocalSecret } from '../../local/aws/secret-server.ts';
import { jumpingClock } from '../../local/clock.ts';
import {
  awsFor,
  entry,
  type Fields,
  koreThat,
  SECRET,
  STREAM_ID,
  says,
  trackAt,
} from './tracking-harness.ts';

it.each<[string, LocalSecret, string]>([
  ['emptied', '', 'INVALID_SECRET'],
  ['deleted', { refusal: 'ResourceNotFoundException' }, 'SECRET_UNREACHABLE'],
  ['denied', { refusal: 'AccessDeniedException' }, 'SECRET_UNREACHABLE'],
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

const LOGS = Array.from({ length: 60 }, (_, i) => entry(i));
const IDS = LOGS.map(({ _id }) => _id).sort();

/** An AWS whose function tracks notifications at `host`. */
async function trackingAws(host: string) {
  const aws = await awsFor(host);
  const input = { requestId: 'ds-edge', streamId: STREAM_ID };
  const logIds = async () => {
    const rows = (await aws.rowsOf(input.requestId)) as Fields[];
    return rows.map(({ logId }) => logId).filter((logId) => logId !== '#summary');
  };
  return { aws, input, logIds };
}

it('two executions for one notification at once write its rows once, and each sends its event', async () => {
  const kore = await koreThat((call, response) => says(response, call < 4 ? 'IN_PROGRESS' : 'SUCCESS', LOGS));
  const { aws, input, logIds } = await trackingAws(kore);

  const executions = ['one', 'other'].map((name) => aws.track({ name, input }));
  const ends = await Promise.all(executions.map(({ ended }) => ended));

  expect(ends.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect((await logIds()).sort()).toEqual(IDS);
  const details = aws.events.map(({ detail }) => detail as Fields);
  expect(details.map(({ metadata }) => metadata.id).sort()).toEqual(executions.map(({ arn }) => arn).sort());
  for (const { data } of details) expect(data).toMatchObject({ status: 'SUCCESS', counts: { total: 60 } });
});

it('an execution that is stopped while it writes leaves whole rows, and the next one adds what is missing', async () => {
  const kore = await koreThat((_, response) => says(response, 'SUCCESS', LOGS));
  const { aws, input, logIds } = await trackingAws(kore);
  const { promise: checked, resolve: onCheck } = Promise.withResolvers<unknown>();
  const stopped = aws.track({ name: 'stopped', input, onCheck });
  let writes = 0;
  aws.onTableRequest((operation) => {
    if (operation === 'PutItem' && ++writes === 1) stopped.stop();
  });

  const { status } = await stopped.ended;
  // The function does not hear of it, in AWS neither.
  await checked;
  const left = await logIds();
  const next = await aws.track({ name: 'next', input }).ended;

  expect(status).toBe('ABORTED');
  expect(left.sort()).toEqual(IDS);
  expect(next.status).toBe('SUCCEEDED');
  expect((await logIds()).sort()).toEqual(IDS);
  expect(aws.events).toHaveLength(1);
});
