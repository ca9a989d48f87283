/** The contract of campaigns, and of failures that are announced. */
import { describe, expect, it } from 'vitest';
import {
  type CampaignCompleteDetail,
  type CampaignFailedDetail,
  type CampaignTimedOutDetail,
  campaignCompleteSchema,
  campaignFailedSchema,
  campaignTimedOutSchema,
} from '../../contract/campaign/campaign-event.ts';
import { campaignInputSchema } from '../../contract/campaign/campaign-input.ts';
import {
  type RecipientsNotReachedDetail,
  recipientsNotReachedSchema,
} from '../../contract/event/recipients-not-reached.ts';

const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:Campaigns:spring-2026';
const tableArn = 'arn:aws:dynamodb:eu-west-1:123456789012:table/DeliveryLog';
const error = { code: 'DEADLINE_PASSED', message: 'why' };

const complete: CampaignCompleteDetail = {
  metadata: { id: executionArn, version: '1', timestamp: '2026-11-02T08:04:10.120Z' },
  data: {
    campaignId: 'spring-2026',
    notifications: { expected: 3, complete: 1, timedOut: 1, failed: 1, missing: 0, extra: 0 },
    counts: { total: 250, delivered: 248, failed: 2 },
    startedAt: '2026-11-02T08:00:00.000Z',
    completedAt: '2026-11-02T08:04:10.120Z',
    durationSeconds: 250,
    deliveryLog: { tableArn, indexName: 'summaries-by-campaign' },
  },
};
const timedOut: CampaignTimedOutDetail = { ...complete, data: { ...complete.data, error } };
/** All that is certain of a campaign that could not be followed. */
const leastOfFailed: CampaignFailedDetail = {
  metadata: { id: executionArn, version: '1' },
  data: { campaignId: 'spring-2026', error },
};
const notReached: RecipientsNotReachedDetail = {
  metadata: {
    id: 'arn:aws:states:eu-west-1:123456789012:execution:Tracking:ds-adddc869#3',
    version: '1',
    timestamp: '2026-11-02T08:04:10.120Z',
    campaignId: 'spring-2026',
  },
  data: {
    requestId: 'ds-adddc869',
    streamId: 'st-736ff917',
    logIds: ['nl-1', 'nl-2'],
    count: 2,
    more: false,
    deliveryLog: { tableArn, partitionKey: 'ds-adddc869' },
  },
};

describe('the input of a campaign', () => {
  const least = { campaignId: 'spring-2026', notifications: 1 };

  it('may hold every documented field', () => {
    const input = { campaignId: 'spring-2026', notifications: 100_000, deadlineSeconds: 31_528_800 };
    expect(campaignInputSchema.parse(input)).toEqual(input);
  });

  it('needs no more than the id and the number of notifications', () => {
    expect(campaignInputSchema.parse(least)).toEqual(least);
  });

  it('loses fields that nobody knows', () => {
    expect(campaignInputSchema.parse({ ...least, name: 'Spring' })).toEqual(least);
  });

  it.each([
    ['campaignId', undefined],
    ['campaignId', 'spring 2026'],
    ['campaignId', 'x'.repeat(77)],
    ['notifications', undefined],
    ['notifications', 0],
    ['notifications', 1.5],
    ['notifications', '250'],
    ['notifications', 100_001],
    ['deadlineSeconds', 0],
    ['deadlineSeconds', 31_528_801],
    ['deadlineSeconds', null],
  ])('is refused for its %s when that is %j', (field, value) => {
    const refused = campaignInputSchema.safeParse({ ...least, [field]: value }).error;
    expect(refused?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});

describe.each([
  ['campaign complete', campaignCompleteSchema, complete, 'campaignId'],
  ['campaign timed out', campaignTimedOutSchema, timedOut, 'campaignId'],
  ['campaign failed', campaignFailedSchema, leastOfFailed, 'campaignId'],
  ['recipients not reached', recipientsNotReachedSchema, notReached, 'requestId'],
] as const)('the event "%s"', (_, schema, example, id) => {
  it('has the documented form', () => {
    expect(schema.parse(example)).toEqual(example);
  });

  it('may gain fields that a reader does not know', () => {
    const { metadata, data } = example;
    const later = { metadata: { ...metadata, region: 'eu' }, data: { ...data, cost: 1 }, links: [] };
    expect(schema.parse(later)).toEqual(example);
  });

  it('is of the first version', () => {
    const other = { ...example, metadata: { ...example.metadata, version: '2' } };
    expect(schema.safeParse(other).success).toBe(false);
  });

  it('names itself, and what it is about', () => {
    const refused = schema.safeParse({
      metadata: { ...example.metadata, id: undefined },
      data: { ...example.data, [id]: undefined },
    }).error;
    expect(refused?.issues.map(({ path }) => path.join('.'))).toEqual(['metadata.id', `data.${id}`]);
  });
});

describe('an event that ends a campaign which was followed', () => {
  it.each(Object.keys(complete.data))('always has %s', (field) => {
    for (const [schema, example] of [
      [campaignCompleteSchema, complete],
      [campaignTimedOutSchema, timedOut],
    ] as const) {
      const without = { ...example, data: { ...example.data, [field]: undefined } };
      expect(schema.safeParse(without).success).toBe(false);
    }
  });

  it.each(Object.keys(complete.data.notifications))('always tells how many notifications are %s', (field) => {
    const notifications = { ...complete.data.notifications, [field]: undefined };
    const without = { ...complete, data: { ...complete.data, notifications } };
    expect(campaignCompleteSchema.safeParse(without).success).toBe(false);
  });
});

describe('an event that is not of a complete campaign', () => {
  it.each([
    ['timed out', campaignTimedOutSchema, timedOut],
    ['failed', campaignFailedSchema, leastOfFailed],
  ] as const)('says why the campaign %s', (_, schema, example) => {
    const without = { ...example, data: { ...example.data, error: undefined } };
    expect(schema.safeParse(without).success).toBe(false);
  });

  it('may say of a failed campaign all that is said of a complete one', () => {
    expect(campaignFailedSchema.parse(timedOut)).toEqual(timedOut);
  });
});

describe('an event that announces failures', () => {
  it.each(Object.keys(notReached.data).filter((field) => field !== 'streamId'))('always has %s', (field) => {
    const without = { ...notReached, data: { ...notReached.data, [field]: undefined } };
    expect(recipientsNotReachedSchema.safeParse(without).success).toBe(false);
  });

  it('has no stream id where the API scope needs none', () => {
    const { streamId: _, ...data } = notReached.data;
    expect(recipientsNotReachedSchema.safeParse({ ...notReached, data }).success).toBe(true);
  });

  it('always dates itself', () => {
    const metadata = { ...notReached.metadata, timestamp: undefined };
    expect(recipientsNotReachedSchema.safeParse({ ...notReached, metadata }).success).toBe(false);
  });
});
