/** Notifications of more recipients than a state's payload could carry; the local engine asserts its 32 KiB. */
import { expect, it } from 'vitest';
import { LARGEST_PAYLOAD_BYTES } from '../../../local/aws/state-machine.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { entry, koreThat, STREAM_ID, says, simulator, trackAt } from '../../workflow/tracking-harness.ts';

it.each([1_000, 3_000])(
  'tracks %i recipients with every row written',
  async (recipients) => {
    const clock = jumpingClock();
    const kore = await simulator(clock);
    const course = {
      durationSeconds: 100,
      fails: (index: number) => index % 10 === 0,
      fault: () => undefined,
    };
    const input = { requestId: 'ds-large', streamId: STREAM_ID, recipients };
    kore.send({ ...input, course });

    const { detail, logs, checks } = await trackAt(kore.origin, { clock, input });

    const counts = { total: recipients, delivered: recipients * 0.9, failed: recipients * 0.1 };
    expect(detail.data).toMatchObject({ status: 'PARTIAL_SUCCESS', counts });
    expect(new Set(logs.map(({ recipient }) => recipient)).size).toBe(recipients);
    const largest = Math.max(...checks.map((check) => JSON.stringify(check).length));
    expect(largest).toBeLessThan(LARGEST_PAYLOAD_BYTES / 8);
  },
  90_000,
);

it('has every row once and one event after a crash in the middle of writing', async () => {
  const entries = Array.from({ length: 1_000 }, (_, index) => entry(index));
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', entries));
  const operations: string[] = [];
  const countOf = (name: string) => operations.filter((operation) => operation === name).length;

  const { detail, logs, checks } = await trackAt(origin, {
    prepare(aws) {
      aws.onTableRequest((operation) => {
        operations.push(operation);
        if (operation === 'PutItem' && countOf(operation) === 417) void aws.crashFunction();
      });
    },
  });

  // Two attempts and this test asked for the rows, and the second attempt wrote only what the first had not.
  expect(countOf('Query')).toBe(3);
  expect(countOf('PutItem')).toBeLessThanOrEqual(1_000 + 16 + 1);
  expect(checks).toHaveLength(1);
  expect(logs).toHaveLength(1_000);
  expect(detail.data.counts).toEqual({ total: 1_000, delivered: 1_000, failed: 0 });
});
