/** Many trackings of one bot at once, within a rate limit that they would break at any naive pace. */
import { expect, it, onTestFinished } from 'vitest';
import { localAws } from '../../../local/aws/local-aws.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { deployment, SECRET, STREAM_ID, simulator } from '../../workflow/tracking-harness.ts';

const TRACKINGS = 200;
/** Kore.ai's limits, the shorter one scaled down with its window. */
const WINDOWS = [
  { seconds: 6, calls: 60 },
  { seconds: 3_600, calls: 18_000 },
];

it('tracks 200 notifications of one bot at once, and Kore refuses no call', async () => {
  const clock = jumpingClock();
  const kore = await simulator(clock, WINDOWS);
  const aws = await localAws(deployment(), SECRET, clock, {
    KORE_HOST: kore.origin,
    CALL_LIMITS: WINDOWS.map(({ seconds, calls }) => `${calls}/${seconds}`).join(),
  });
  onTestFinished(() => aws.close());
  const inputs = Array.from({ length: TRACKINGS }, (_, i) => ({
    requestId: `ds-${i}`,
    streamId: STREAM_ID,
    recipients: 2,
  }));

  const executions = inputs.map((input, i) => {
    const durationSeconds = 10 + (i % 6) * 12;
    kore.send({ ...input, course: { durationSeconds, fails: () => false, fault: () => undefined } });
    return aws.track({ name: input.requestId, input });
  });
  const ends = await Promise.all(executions.map(({ ended }) => ended));

  expect(ends.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(TRACKINGS);
  expect(new Set(kore.answers)).toEqual(new Set([200]));
  const tracked = aws.events.map(({ detail }) => (detail as { data: { requestId: string } }).data.requestId);
  expect(tracked.toSorted()).toEqual(inputs.map(({ requestId }) => requestId).toSorted());
});
