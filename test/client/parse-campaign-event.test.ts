import { describe, expect, it } from 'vitest';
import { parseCampaignEvent } from '../../client/parse-campaign-event.ts';
import { CAMPAIGN_DETAIL_TYPES, DETAIL_TYPES } from '../../contract/event/event-names.ts';

const complete = {
  'detail-type': CAMPAIGN_DETAIL_TYPES.complete,
  detail: {
    metadata: { id: 'arn:execution', version: '1', timestamp: '2026-11-02T08:04:10.120Z' },
    data: {
      campaignId: 'spring-2026',
      notifications: { expected: 3, complete: 2, timedOut: 1, failed: 0, missing: 0, extra: 0 },
      counts: { total: 250, delivered: 248, failed: 2 },
      startedAt: '2026-11-02T08:00:00.000Z',
      completedAt: '2026-11-02T08:04:10.120Z',
      durationSeconds: 250,
      deliveryLog: { tableArn: 'arn:table', indexName: 'summaries-by-campaign' },
    },
  },
};
const error = { code: 'UNEXPECTED_ERROR', message: 'why' };
const timedOut = {
  'detail-type': CAMPAIGN_DETAIL_TYPES['timed-out'],
  detail: { ...complete.detail, data: { ...complete.detail.data, error } },
};
const failed = {
  'detail-type': CAMPAIGN_DETAIL_TYPES.failed,
  detail: {
    metadata: { id: 'arn:execution', version: '1' },
    data: { campaignId: 'spring-2026', error },
  },
};

describe('an event that ends a campaign', () => {
  it.each([
    ['complete', complete],
    ['timed-out', timedOut],
    ['failed', failed],
  ])('is told by its outcome: %s', (outcome, event) => {
    expect(parseCampaignEvent(event)).toEqual({ outcome, ...event.detail });
    expect(parseCampaignEvent(JSON.stringify(event))).toEqual({ outcome, ...event.detail });
  });
});

describe('what ends no campaign', () => {
  it.each([
    ['a text that is no JSON', 'jane.doe@example.com', 'JSON'],
    [
      'the end of a notification',
      { ...complete, 'detail-type': DETAIL_TYPES.complete },
      'is none of Campaign',
    ],
    ['an event without its numbers', { ...failed, 'detail-type': complete['detail-type'] }, 'detail.'],
    ['a time-out without its error', { ...timedOut, detail: complete.detail }, 'detail.data.error'],
  ])('is refused by naming the field: %s', (_, event, field) => {
    expect(() => parseCampaignEvent(event)).toThrow(
      expect.objectContaining({ code: 'NOT_A_CAMPAIGN_EVENT', message: expect.stringContaining(field) }),
    );
  });
});
