/** What the scenarios that only AWS can run say of answers that agree, of contrary ones, and of none. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUS_METRICS } from '../../verify/scenarios/bus-metrics.ts';
import { DELETED_BUS } from '../../verify/scenarios/deleted-bus.ts';
import { cloudWatch, fakeWorld } from './fake-aws.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T10:03:40Z') }));
afterEach(() => vi.useRealTimers());

const dimension = ({ MetricStat }: MetricDataQuery, wanted: string) =>
  MetricStat?.Metric?.Dimensions?.find(({ Name }) => Name === wanted)?.Value;
const metricName = ({ MetricStat }: MetricDataQuery) => MetricStat?.Metric?.MetricName ?? '';

describe('deleted-bus', () => {
  async function seenWith(values: Record<string, number>): Promise<unknown> {
    const aws = cloudWatch((query) => values[metricName(query)]);
    const eventBridge = {
      send: async () => ({
        $metadata: { httpStatusCode: 200 },
        FailedEntryCount: 0,
        Entries: [{ EventId: 'e' }],
      }),
    };
    const pause = async (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
    const world = fakeWorld({ aws: { ...aws, eventBridge } as never, pause });
    const { seen, fixtures } = await DELETED_BUS.run(world);
    expect(JSON.stringify(fixtures)).not.toContain('PutEvents');
    return seen['deleted-bus-counts-no-failure'];
  }

  it.each([
    ['agrees where no failure is counted', { PutEventsApproximateCallCount: 20 }, 'no failure counted'],
    [
      'differs where as many are counted as events were put',
      { PutEventsApproximateCallCount: 25, PutEventsFailedEntriesCount: 20 },
      'a failure counted for each event',
    ],
    [
      'shows nothing where others failed in that minute',
      { PutEventsApproximateCallCount: 25, PutEventsApproximateFailedCount: 1 },
      { why: 'something else in the account had failed PutEvents in that minute' },
    ],
    [
      'shows nothing where CloudWatch does not have the calls',
      { PutEventsApproximateCallCount: 3 },
      { why: 'CloudWatch did not have the 20 calls of that minute in time' },
    ],
  ])('%s', async (_, values, expected) => {
    expect(await seenWith(values)).toEqual(expected);
  });

  it('runs alone, since the metrics are the whole account', () => {
    expect(DELETED_BUS.alone).toBe(true);
  });
});

describe('bus-metrics', () => {
  const stat = (Id: string, Namespace: string, Dimensions: Record<string, string>) => ({
    Id,
    MetricStat: {
      Metric: {
        Namespace,
        MetricName: Id,
        Dimensions: Object.entries(Dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: 900,
      Stat: 'Sum',
    },
  });
  const alarm = [
    { Id: 'expr', Expression: 'IF(put > 0 AND FILL(matched, 0) == 0, 1, 0)' },
    stat('put', 'AWS/States', { StateMachineArn: 'm' }),
    stat('matched', 'AWS/Events', { EventBusName: 'run-events', RuleName: 'probe' }),
  ];

  /** @param fill what the expression is for a rule without data. */
  async function seenWith(counted: Record<string, number>, fill: number | undefined = 1): Promise<unknown> {
    const aws = cloudWatch((query, all) => {
      if (query.Id === 'put') return 1;
      if (query.Expression !== undefined)
        return all.some((one) => dimension(one, 'RuleName') === 'probe') ? 0 : fill;
      return counted[`${dimension(query, 'RuleName')} ${metricName(query)}`];
    }, alarm);
    return (await BUS_METRICS.run(fakeWorld({ aws }))).seen;
  }

  it('agrees where the rule is counted, and the alarm tells it from one that is not', async () => {
    expect(await seenWith({ 'probe MatchedEvents': 1, 'witness MatchedEvents': 1 })).toEqual({
      'probe-rule-is-counted': ['MatchedEvents'],
      'lost-events-alarm-tells': { counted: 0, neverCounted: 1 },
    });
  });

  it('differs where a rule with a target is counted, and this one is not', async () => {
    expect(await seenWith({ 'witness MatchedEvents': 1 })).toEqual({
      'probe-rule-is-counted': [],
      'lost-events-alarm-tells': { why: 'no event was counted' },
    });
  });

  it('differs where the alarm has no value for a rule without data', async () => {
    const seen = await seenWith({ 'probe TriggeredRules': 1 }, Number.NaN);

    expect(seen).toMatchObject({ 'lost-events-alarm-tells': { counted: 0, neverCounted: Number.NaN } });
  });

  it('shows nothing where CloudWatch has metrics of no rule', async () => {
    expect(await seenWith({})).toMatchObject({
      'probe-rule-is-counted': { why: expect.stringContaining('in time') },
      'lost-events-alarm-tells': { why: 'no event was counted' },
    });
  });
});
