/** What the state machines make of a campaign's end is a request that DynamoDB takes, and the row that the function would write. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { CAMPAIGN_DETAIL_TYPES } from '../../../../contract/event/event-names.ts';
import type { Ended } from '../../../../lambdas/check-campaign/invocation.ts';
import { endedRow } from '../../../../lambdas/check-campaign/rows/campaign-row.ts';
import { readDeployment } from '../../../../local/aws/deployment.ts';
import { outputOf } from '../../../../local/aws/jsonata-state.ts';
import type { Fields } from '../../../workflow/tracking-harness.ts';

const { campaignStateMachine, reporter } = readDeployment(inject('assembly'), 'DeliveryTracker');
const NOW = Date.parse('2026-11-25T12:00:00.000Z');
const execution = {
  id: 'arn:aws:states:eu-central-1:123456789012:execution:Campaign:spring-2027',
  name: 'spring-2027',
  startedAt: '2026-11-25T10:00:00.000Z',
};
const metadata = { id: execution.id, version: '1' as const };
const timestamp = '2026-11-25T11:59:30.000Z';
const tracked = {
  campaignId: 'spring-2027',
  notifications: { expected: 50, complete: 47, timedOut: 2, failed: 1, missing: 0, extra: 0 },
  counts: { total: 1_000, delivered: 990, failed: 10 },
  startedAt: execution.startedAt,
  completedAt: timestamp,
  durationSeconds: 7_170,
  deliveryLog: { tableArn: 'arn:table', indexName: 'summaries-by-campaign' },
};
const error = { code: 'UNEXPECTED_ERROR', message: 'Checks failed.' };

type End = Pick<Ended, 'outcome' | 'detail'>;
const COMPLETE: End = {
  outcome: 'complete',
  detail: { metadata: { ...metadata, timestamp }, data: tracked },
};
const TIMED_OUT: End = {
  outcome: 'timed-out',
  detail: { metadata: { ...metadata, timestamp }, data: { ...tracked, error } },
};
/** As the state machine itself makes it. */
const FAILED: End = { outcome: 'failed', detail: { metadata, data: { campaignId: 'spring-2027', error } } };
/** As the function makes it of an input that it rejects. */
const REJECTED: End = {
  ...FAILED,
  detail: { ...FAILED.detail, metadata: { ...metadata, timestamp } } as never,
};

describe.each([
  ['campaigns', campaignStateMachine],
  ['reporting', reporter],
])('the state "Read final event" of %s', (_, { definition }) => {
  const read = async ({ outcome, detail }: End) => {
    const row = { outcome, detailType: CAMPAIGN_DETAIL_TYPES[outcome], detail: JSON.stringify(detail) };
    const context = { State: { EnteredTime: new Date(NOW).toISOString() } };
    return (await outputOf(JSON.parse(definition).States['Read final event'])({
      input: row,
      context,
    })) as Fields;
  };
  const ENDS: readonly [string, End][] = [
    ['complete', COMPLETE],
    ['timed out', TIMED_OUT],
    ['failed', FAILED],
    ['rejected', REJECTED],
  ];

  it.each(ENDS)('hands on a campaign that is %s as it was recorded', async (_, end) => {
    const { notifications, counts } = end.detail.data;

    expect(await read(end)).toMatchObject({
      outcome: end.outcome,
      detailType: CAMPAIGN_DETAIL_TYPES[end.outcome],
      detail: end.detail,
    });
    expect((await read(end)).output).toEqual({
      outcome: end.outcome,
      ...(notifications && { notifications, counts }),
    });
  });

  it.each(ENDS)('writes of a campaign that is %s what the function would', async (_, end) => {
    const { campaign } = await read(end);
    const followed = { execution, campaignId: 'spring-2027', expected: 50, checks: 7 };
    const saving = { now: NOW, retentionDays: 90 };
    const { requestId, logId: _id, ...row } = endedRow(followed, end as Ended, undefined, saving);
    const set = unmarshall(campaign.values);
    const fields = Object.fromEntries(Object.entries(set).map(([name, value]) => [name.slice(1), value]));
    // What the event does not say stays in the row as a check has written it.
    const { checks: __, startedAt, notifications, counts, ...certain } = row;
    const numbers = end.detail.data.notifications && { startedAt, notifications, counts };

    expect(campaign.partition).toBe(requestId);
    expect(fields).toEqual({ ...certain, ...numbers });
  });

  it.each(ENDS)(
    'names each field of a campaign that is %s once in expression, names and values',
    async (_, end) => {
      const { campaign } = await read(end);
      const fields = Object.values<string>(campaign.names);

      expect(campaign.expression).toBe(`SET ${fields.map((name) => `#${name} = :${name}`).join(', ')}`);
      expect(Object.keys(campaign.names)).toEqual(fields.map((name) => `#${name}`));
      expect(Object.keys(campaign.values)).toEqual(fields.map((name) => `:${name}`));
      expect(fields.length).toBeGreaterThan(5);
    },
  );

  it('has no summary of a notification for a campaign', async () => {
    expect(await read(COMPLETE)).not.toHaveProperty('summary');
  });

  it('has every name that the condition of "Save campaign" needs', async () => {
    const { ConditionExpression } = JSON.parse(definition).States['Save campaign'].Parameters;
    const { campaign } = await read(FAILED);
    const needed = [...ConditionExpression.matchAll(/[#:]\w+/g)].map(([name]) => name);
    const given = [...Object.keys(campaign.names), ...Object.keys(campaign.values)];

    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
    expect(needed.length).toBeGreaterThan(2);
  });
});

describe('the state "A campaign?" of reporting', () => {
  const { States } = JSON.parse(reporter.definition);

  it('leads a campaign to its own row, and a notification to its summary', () => {
    expect(States['A campaign?']).toMatchObject({
      Choices: [{ Variable: '$.campaign', IsPresent: true, Next: 'Save campaign' }],
      Default: 'Save summary',
    });
  });

  it('is followed by the event, whichever row was written', () => {
    expect([States['Save campaign'].Next, States['Save summary'].Next]).toEqual([
      'Publish final event',
      'Publish final event',
    ]);
  });
});
