import { describe, expect, it } from 'vitest';
import { parseFinalEvent } from '../../client/parse-final-event.ts';
import { DETAIL_TYPES } from '../../contract/event/event-names.ts';

const complete = {
  version: '0',
  id: 'c5a1',
  source: 'notification-delivery-tracker',
  'detail-type': DETAIL_TYPES.complete,
  detail: {
    metadata: { id: 'arn:execution', version: '1', timestamp: '2026-11-02T08:04:10.120Z' },
    data: {
      requestId: 'ds-1',
      status: 'SUCCESS',
      counts: { total: 2, delivered: 2, failed: 0 },
      channels: ['ivr'],
      startedAt: '2026-11-02T08:00:00.000Z',
      completedAt: '2026-11-02T08:04:10.120Z',
      durationSeconds: 250,
      checks: 7,
      deliveryLog: { tableArn: 'arn:table', partitionKey: 'ds-1' },
    },
  },
};
const failed = {
  'detail-type': DETAIL_TYPES.failed,
  detail: {
    metadata: { id: 'arn:execution', version: '1' },
    data: { requestId: 'ds-1', error: { code: 'UNEXPECTED_ERROR', message: 'why' } },
  },
};
const refusal = (field: string) =>
  expect.objectContaining({ code: 'NOT_A_FINAL_EVENT', message: expect.stringContaining(field) });

describe('a final event', () => {
  it('is told by its outcome', () => {
    const event = parseFinalEvent(complete);

    expect(event).toEqual({ outcome: 'complete', ...complete.detail });
  });

  it('is read from the body of a message as well', () => {
    expect(parseFinalEvent(JSON.stringify(failed))).toMatchObject({
      outcome: 'failed',
      data: { error: { code: 'UNEXPECTED_ERROR' } },
    });
  });

  it('may have fields that a later version added', () => {
    const { metadata, data } = complete.detail;
    const later = { ...complete, detail: { metadata, data: { ...data, later: true }, later: true } };

    expect(parseFinalEvent(later)).toEqual({ outcome: 'complete', metadata, data });
  });
});

describe('what is no final event', () => {
  it.each([
    ['a text that is no JSON', 'jane.doe@example.com', 'JSON'],
    ['nothing', null, 'object'],
    ['another event', { 'detail-type': 'Order Placed', detail: {} }, 'detail-type'],
    ['an event without detail', { 'detail-type': DETAIL_TYPES.complete }, 'detail'],
    ['a complete event without its counts', { ...failed, 'detail-type': DETAIL_TYPES.complete }, 'detail.'],
    [
      'another major version',
      { ...failed, detail: { ...failed.detail, metadata: { id: 'arn', version: '2' } } },
      'detail.metadata.version',
    ],
  ])('is refused by naming the field: %s', (_, event, field) => {
    expect(() => parseFinalEvent(event)).toThrow(refusal(field));
  });

  it('is refused without a word of what it holds', () => {
    expect(() => parseFinalEvent('jane.doe@example.com')).not.toThrow(/jane/);
  });
});
