import { describe, expect, it } from 'vitest';
import { parseRecipientsNotReached } from '../../client/parse-recipients-not-reached.ts';
import { DETAIL_TYPES, NOT_REACHED_DETAIL_TYPE } from '../../contract/event/event-names.ts';

const event = {
  'detail-type': NOT_REACHED_DETAIL_TYPE,
  detail: {
    metadata: { id: 'arn:execution#3', version: '1', timestamp: '2026-11-02T08:04:10.120Z' },
    data: {
      requestId: 'ds-1',
      streamId: 'st-1',
      logIds: ['nl-1', 'nl-2'],
      count: 2,
      more: false,
      deliveryLog: { tableArn: 'arn:table', partitionKey: 'ds-1' },
    },
  },
};

describe('an event that announces failures', () => {
  it('is read as it is delivered, and from the body of a message', () => {
    expect(parseRecipientsNotReached(event)).toEqual(event.detail);
    expect(parseRecipientsNotReached(JSON.stringify(event))).toEqual(event.detail);
  });

  it.each([
    ['nothing', null, 'not an object'],
    [
      'a final event',
      { ...event, 'detail-type': DETAIL_TYPES.complete },
      `"detail-type" is not ${NOT_REACHED_DETAIL_TYPE}.`,
    ],
    ['an event without detail', { 'detail-type': NOT_REACHED_DETAIL_TYPE }, '"detail" of'],
    [
      'an event that names no rows',
      { ...event, detail: { ...event.detail, data: { ...event.detail.data, logIds: undefined } } },
      '"detail.data.logIds" of',
    ],
  ])('is not %s, which is refused by naming the field', (_, other, text) => {
    expect(() => parseRecipientsNotReached(other)).toThrow(
      expect.objectContaining({
        code: 'NOT_A_RECIPIENTS_NOT_REACHED_EVENT',
        message: expect.stringContaining(text),
      }),
    );
  });
});
