/** Trackings that announce their failures, check by check: each once, whatever is lost on the way. */
import { describe, expect, it } from 'vitest';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { LARGEST_PAYLOAD_BYTES } from '../../../local/aws/state-machine.ts';
import { deliveryLogInMemory } from '../../../testing/in-memory/delivery-log-in-memory.ts';
import { START, trackInMemory } from '../tracking-in-memory.ts';
import { logId, logIds } from './log-ids.ts';
import { failed, INPUT, logsOf, named, oneMoreEach, tracked } from './tracked-failures.ts';

describe('failures', () => {
  it('are announced once each, by the checks that see them first', async () => {
    const { announced, results } = await tracked({ answer: oneMoreEach });

    expect(named(announced)).toEqual([[logId(0)], [logId(1)], [logId(2)]]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting', 'complete']);
  });

  it('are told with all that a consumer needs, and nothing of a person', async () => {
    const input = { ...INPUT, campaignId: 'spring', correlationId: 'order-42' };
    const { announced } = await tracked({ answer: oneMoreEach, input, most: 1 });

    expect(announced).toEqual([
      {
        metadata: {
          id: 'arn:ds-1#1',
          version: '1',
          timestamp: '2026-01-01T00:00:35.000Z',
          campaignId: 'spring',
          correlationId: 'order-42',
        },
        data: {
          requestId: 'ds-1',
          streamId: 'st-1',
          logIds: [logId(0)],
          count: 1,
          more: false,
          deliveryLog: { tableArn: 'arn:table', partitionKey: 'ds-1' },
        },
      },
    ]);
  });

  it('are counted in the line of the check', async () => {
    const { lines } = await tracked({ answer: oneMoreEach });

    expect(lines.map(({ announced, outcome }) => [announced, outcome])).toEqual([
      [1, 'waiting'],
      [1, 'waiting'],
      [1, 'complete'],
    ]);
  });

  it('are announced once though one is reached for a while', async () => {
    const { announced } = await tracked({
      answer: (call) =>
        call === 2
          ? {
              kind: 'answer',
              answer: { status: 'IN_PROGRESS', entries: [{ ...logsOf([logId(0)])[0], status: 'SUCCESS' }] },
            }
          : failed([logId(0)], call < 4 ? 'IN_PROGRESS' : 'FAILURE'),
    });

    expect(named(announced)).toEqual([[logId(0)]]);
  });

  it('of an earlier attempt are announced as well: this one has told nobody', async () => {
    const deliveryLog = deliveryLogInMemory();
    const rows = toRows(logsOf([logId(9)]), INPUT, { now: START, askedAt: START, retentionDays: 90 });
    await deliveryLog.saveLogs('ds-1', rows, new AbortController().signal);

    const { announced } = await tracked({ answer: oneMoreEach, deliveryLog, most: 1 });

    expect(named(announced)).toEqual([[logId(0), logId(9)]]);
  });

  it('are not read again where the answer is the same, nor at an end that has read them', async () => {
    const { announced, saved, read } = await tracked({
      answer: (call) => failed([logId(0)], call < 3 ? 'IN_PROGRESS' : 'FAILURE'),
    });

    expect(announced).toHaveLength(1);
    expect([saved, read]).toEqual([2, 0]);
  });
});

describe('an announcement', () => {
  it('whose check was lost is made by the next one that reads the table', async () => {
    const { announced } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0), logId(1)], [logId(2)]]);
  });

  it('that could not be published is made again', async () => {
    const { announced, results } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 2 ? 'unpublished' : undefined),
    });

    expect(named(announced)).toEqual([[logId(0)], [logId(1), logId(2)]]);
    expect(results.at(-1)?.outcome).toBe('complete');
  });

  it('that was the first and could not be published leaves nothing in the state', async () => {
    const { announced, results } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 1 ? 'unpublished' : undefined),
    });

    expect(results[0]).toMatchObject({ progress: { announced: '' } });
    expect(named(announced)).toEqual([[logId(0), logId(1)], [logId(2)]]);
  });

  it('has an id of its own in the execution', async () => {
    const { announced } = await tracked({
      answer: oneMoreEach,
      mishap: (check) => (check === 1 ? 'lost' : undefined),
    });

    expect(announced.map(({ metadata }) => metadata.id)).toEqual(['arn:ds-1#1', 'arn:ds-1#2']);
  });

  it('leaves the result as it is without one, but for what was announced', async () => {
    const [silent, told] = [
      await trackInMemory({ input: INPUT, answer: oneMoreEach }),
      await tracked({ answer: oneMoreEach }),
    ];

    const without = JSON.parse(JSON.stringify(told.results), (key, value) =>
      key === 'announced' ? undefined : value,
    );
    expect(without).toEqual(JSON.parse(JSON.stringify(silent.results)));
    expect(silent.announced).toEqual([]);
    expect(JSON.stringify(silent.results)).not.toContain('announced');
  });

  it('has no room for more than 200 names, and says that there are more', async () => {
    const { announced } = await tracked({
      answer: () => failed(logIds(0, 1_200), 'PARTIAL_SUCCESS'),
    });

    expect(announced).toMatchObject([{ data: { logIds: { length: 200 }, count: 1_200, more: true } }]);
  });
});

describe('more than a thousand failures', () => {
  it('are all announced before the end, and leave the state small', async () => {
    const { announced, results } = await tracked({
      answer: (call) =>
        failed(logIds(0, [700, 1_400, 1_500][call - 1] ?? 0), call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS'),
    });

    expect(announced.map(({ data }) => data.count)).toEqual([700, 700, 500]);
    expect(Math.max(...results.map((result) => JSON.stringify(result).length))).toBeLessThan(9_000);
  });

  it('fit into a payload, beside what was announced before', async () => {
    const { announced, results } = await tracked({
      answer: (call) => failed(logIds(0, 800 * call)),
      most: 2,
    });

    const largest = results.map((then, i) => JSON.stringify([then, results[i - 1], announced[i]]).length);
    expect(Math.max(...largest)).toBeLessThan(LARGEST_PAYLOAD_BYTES);
  });
});
