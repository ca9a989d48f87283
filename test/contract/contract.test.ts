import { describe, expect, it } from 'vitest';
import {
  type DeliveryCompleteDetail,
  type DeliveryTimedOutDetail,
  deliveryCompleteSchema,
  deliveryTimedOutSchema,
  type TrackingFailedDetail,
  trackingFailedSchema,
} from '../../contract/event/final-event.ts';
import { executionName } from '../../contract/execution-name.ts';
import { idSchema, requestIdSchema, trackingInputSchema } from '../../contract/tracking-input.ts';

const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:Tracking:ds-adddc869';

const complete: DeliveryCompleteDetail = {
  metadata: {
    id: executionArn,
    version: '1',
    timestamp: '2026-11-02T08:04:10.120Z',
    correlationId: 'order-42',
    campaignId: 'spring-2026',
  },
  data: {
    requestId: 'ds-adddc869',
    streamId: 'st-736ff917',
    status: 'PARTIAL_SUCCESS',
    counts: { total: 250, delivered: 248, failed: 2 },
    channels: ['ivr'],
    startedAt: '2026-11-02T08:00:00.000Z',
    completedAt: '2026-11-02T08:04:10.120Z',
    durationSeconds: 250,
    checks: 7,
    deliveryLog: {
      tableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/DeliveryLog',
      partitionKey: 'ds-adddc869',
    },
  },
};
const timedOut: DeliveryTimedOutDetail = {
  ...complete,
  data: { ...complete.data, status: 'IN_PROGRESS', error: { code: 'DEADLINE_PASSED', message: 'why' } },
};
/** All that is certain of a failed tracking. */
const leastOfFailed: TrackingFailedDetail = {
  metadata: { id: executionArn, version: '1' },
  data: { requestId: 'ds-adddc869', error: { code: 'UNEXPECTED_ERROR', message: 'why' } },
};

describe.each([
  ['a stream id', idSchema],
  ['a request id', requestIdSchema],
])('%s', (_, schema) => {
  it.each(['ds-adddc869-d773-5785-9c6a-cfe1cbd9df1b', 'a', 'A_b-9', 'x'.repeat(76)])('may be %s', (id) => {
    expect(schema.safeParse(id).success).toBe(true);
  });

  it.each([
    '',
    'x'.repeat(77),
    '..',
    '../ds-1',
    'ds-1/..',
    'ds-1?x=1',
    'ds-1#x',
    'ds%2F1',
    'ds 1',
    'ds-1\n',
    'ds-é',
    'ds-1.2',
    1,
    null,
  ])('may not be %j', (id) => {
    expect(schema.safeParse(id).success).toBe(false);
  });
});

describe('the name of an execution', () => {
  it('is the request id, with the number behind it for a later attempt', () => {
    expect([executionName('ds-1'), executionName('ds-1', 2)]).toEqual(['ds-1', 'ds-1--2']);
  });

  it.each(['ds-1--2', 'ds--10', '--7'])('is no request id that reads like a later attempt: %s', (id) => {
    expect(requestIdSchema.safeParse(id).error?.issues[0]?.message).toContain('not end in "--" and digits');
  });

  it.each(['ds-1-2', 'ds--a', '2--ds', 'ds-1--'])('may be %s', (id) => {
    expect(requestIdSchema.safeParse(id).success).toBe(true);
  });

  it('is what CloudWatch logs take (AWS docs, StartExecution)', () => {
    expect(executionName('ds-adddc869-d773-5785-9c6a-cfe1cbd9df1b', 99)).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
  });
});

describe('the input of a tracking', () => {
  it('may hold every documented field', () => {
    const input = {
      requestId: 'ds-adddc869',
      streamId: 'st-736ff917',
      recipients: 250,
      campaignId: 'spring-2026',
      correlationId: 'order-42',
    };
    expect(trackingInputSchema.parse(input)).toEqual(input);
  });

  it('needs no more than the request id', () => {
    expect(trackingInputSchema.parse({ requestId: 'ds-1' })).toEqual({ requestId: 'ds-1' });
  });

  it('loses fields that nobody knows', () => {
    expect(trackingInputSchema.parse({ requestId: 'ds-1', campaign: 'spring' })).toEqual({
      requestId: 'ds-1',
    });
  });

  it.each([
    ['requestId', undefined],
    ['requestId', '../x'],
    ['streamId', '../x'],
    ['streamId', null],
    ['recipients', 0],
    ['recipients', 1.5],
    ['recipients', '250'],
    ['campaignId', ''],
    ['campaignId', 'spring 2026'],
    ['campaignId', 'x'.repeat(77)],
    ['correlationId', ''],
    ['correlationId', 'john.doe@example.com'],
    ['correlationId', 'a b'],
    ['correlationId', 'x'.repeat(129)],
  ])('is refused for its %s when that is %j', (field, value) => {
    const { error } = trackingInputSchema.safeParse({ requestId: 'ds-1', [field]: value });
    expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });

  it.each(['ds-1', null, [], 42])('may not be %j', (input) => {
    expect(trackingInputSchema.safeParse(input).success).toBe(false);
  });
});

const events = [
  ['delivery complete', deliveryCompleteSchema, complete],
  ['delivery timed out', deliveryTimedOutSchema, timedOut],
  ['tracking failed', trackingFailedSchema, leastOfFailed],
] as const;

describe.each(events)('the event "%s"', (_, schema, example) => {
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

  it('names the execution and the notification', () => {
    const { error } = schema.safeParse({
      metadata: { ...example.metadata, id: undefined },
      data: { ...example.data, requestId: undefined },
    });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['metadata.id', 'data.requestId']);
  });
});

describe('an event that ends a known delivery', () => {
  it.each(Object.keys(complete.data).filter((field) => field !== 'streamId'))('always has %s', (field) => {
    for (const [schema, example] of [
      [deliveryCompleteSchema, complete],
      [deliveryTimedOutSchema, timedOut],
    ] as const) {
      const without = { ...example, data: { ...example.data, [field]: undefined } };
      expect(schema.safeParse(without).success).toBe(false);
    }
  });

  it('has no stream id where the API scope needs none', () => {
    const { streamId: _, ...data } = complete.data;
    expect(deliveryCompleteSchema.safeParse({ ...complete, data }).success).toBe(true);
  });

  it.each(['yesterday', '2026-11-02T08:04:10+01:00', 1762070650])('does not date itself %j', (timestamp) => {
    const other = { ...complete, metadata: { ...complete.metadata, timestamp } };
    expect(deliveryCompleteSchema.safeParse(other).success).toBe(false);
  });
});

describe('an event that is not of a complete delivery', () => {
  it.each([
    ['timed out', deliveryTimedOutSchema, timedOut],
    ['failed', trackingFailedSchema, leastOfFailed],
  ] as const)('says why the tracking %s', (_, schema, example) => {
    const without = { ...example, data: { ...example.data, error: undefined } };
    expect(schema.safeParse(without).success).toBe(false);
  });

  it('may say of a failed tracking all that is said of a complete one', () => {
    const failed = {
      ...complete,
      data: { ...complete.data, error: { code: 'RATE_LIMITED', message: 'why' } },
    };
    expect(trackingFailedSchema.parse(failed)).toEqual(failed);
  });
});
