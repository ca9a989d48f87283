import { describe, expect, it } from 'vitest';
import type { CampaignCheckResult } from '../../lambdas/check-campaign/invocation.ts';
import type { BusEvent } from '../../local/aws/event-bus.ts';
import {
  type CampaignResult,
  campaignClosingLines,
  campaignDocument,
  campaignJsonText,
  campaignProgressOf,
  shortId,
} from '../../local/campaign/campaign-report.ts';
import { jsonDocument, type RunResult } from '../../local/report.ts';

const PLAIN = { colours: false };
const SOURCE = 'notification-delivery-tracker';
const NOTIFICATIONS = { expected: 2, complete: 2, timedOut: 0, failed: 0, missing: 0, extra: 0 };

/** @param recipients by their status. */
function tracking(name: string, status: string, recipients: Readonly<Record<string, string>>): RunResult {
  const statuses = Object.values(recipients);
  const counts = {
    total: statuses.length,
    delivered: statuses.filter((one) => one === 'SUCCESS').length,
    failed: statuses.filter((one) => one === 'FAILURE').length,
  };
  const logs = Object.entries(recipients).map(([recipient, word]) => ({
    ...{ requestId: name, logId: `nl-${recipient}`, recipient, status: word, log: {} },
  }));
  return {
    name,
    end: { status: 'SUCCEEDED', output: { outcome: 'complete' }, states: [], errors: [] },
    event: event('Notification Delivery Complete', { requestId: name, status, counts }),
    rows: [{ requestId: name, logId: '#summary', status }, ...logs],
    tableName: 'DeliveryLog',
    checks: 4,
  };
}

function event(detailType: string, data: object): BusEvent {
  return { source: SOURCE, detailType, detail: { metadata: { id: 'arn:execution', version: '1' }, data } };
}

const REACHED = tracking('ds-11111111-2222', 'SUCCESS', { 'ann@example.com': 'SUCCESS' });
const PARTLY = tracking('ds-33333333-4444', 'PARTIAL_SUCCESS', {
  'carl@example.com': 'FAILURE',
  'bob@example.com': 'FAILURE',
  'dora@example.com': 'SUCCESS',
});
const ROW = { requestId: '#campaign#spring', logId: '#summary', outcome: 'complete' };
const DATA = {
  campaignId: 'spring',
  notifications: NOTIFICATIONS,
  counts: { total: 4, delivered: 2, failed: 2 },
  completedAt: '2026-01-01T00:00:16.345Z',
  durationSeconds: 16,
};

const complete: CampaignResult = {
  campaignId: 'spring',
  end: { status: 'SUCCEEDED', output: { outcome: 'complete' }, states: [], errors: [] },
  event: event('Campaign Delivery Complete', DATA),
  row: ROW,
  checks: 5,
  tableName: 'DeliveryLog',
  trackings: [REACHED, PARTLY],
};
const timedOut: CampaignResult = {
  ...complete,
  end: { ...complete.end, output: { outcome: 'timed-out' } },
  event: event('Campaign Delivery Timed Out', {
    ...DATA,
    notifications: { ...NOTIFICATIONS, expected: 5, complete: 1, timedOut: 1, failed: 2, missing: 1 },
    error: { code: 'DEADLINE_PASSED', message: '1 of 5 had not ended.' },
  }),
};
const stopped: CampaignResult = {
  ...complete,
  end: { status: 'ABORTED', output: null, states: [], errors: [] },
  event: undefined,
  row: undefined,
};

describe('the JSON document', () => {
  it('has the campaign with its event and its row, and each tracking as a run of its own has it', () => {
    expect(campaignDocument(complete)).toEqual({
      campaign: { event: complete.event, summary: ROW },
      trackings: [jsonDocument(REACHED), jsonDocument(PARTLY)],
    });
    expect(JSON.parse(campaignJsonText(complete))).toEqual(campaignDocument(complete));
  });

  it('has null for what there is not', () => {
    expect(campaignDocument({ ...stopped, trackings: [] })).toEqual({
      campaign: { event: null, summary: null },
      trackings: [],
    });
  });
});

describe('the closing lines', () => {
  const linesOf = (result: CampaignResult) => campaignClosingLines(result, PLAIN);
  /** Of the campaign itself: after the event and the place of its row, up to the next blank line. */
  const factsOf = (result: CampaignResult) =>
    linesOf(result)
      .join('\n')
      .split('\n\n')
      .find((part) => part.startsWith('spring  '))
      ?.split('\n');

  it('say how the campaign ended, with the totals of notifications and recipients', () => {
    expect(factsOf(complete)).toEqual([
      'spring  Campaign complete',
      '  notifications  2 complete, of 2',
      '  recipients     2 delivered, 2 failed, of 4',
      '  ended          2026-01-01 00:00:16Z (after 16 s)',
      '  checks         5',
    ]);
  });

  it('say how many notifications ended otherwise, or are missing, and why', () => {
    expect(factsOf(timedOut)).toEqual([
      'spring  Campaign timed out',
      '  notifications  1 complete, 1 timed out, 2 failed, 1 missing, of 5',
      '  recipients     2 delivered, 2 failed, of 4',
      '  ended          2026-01-01 00:00:16Z (after 16 s)',
      '  checks         5',
      '  error          DEADLINE_PASSED: 1 of 5 had not ended.',
    ]);
  });

  it('say so where no event was sent, and where there is no row', () => {
    expect(factsOf(stopped)).toEqual([
      'spring  Tracking of the campaign failed',
      '  checks         5',
      '  error          The execution ended ABORTED without an event: it was stopped.',
    ]);
    expect(linesOf(stopped).join('\n')).toContain('No row of the campaign is in the table DeliveryLog');
    expect(linesOf(stopped)[1]).toBe('No event was sent.');
  });

  it('are green where the campaign is complete, and red where it is not', () => {
    const colouredText = (result: CampaignResult) => campaignClosingLines(result, { colours: true }).join();

    expect(colouredText(complete)).toContain('\u001b[32mCampaign complete');
    expect(colouredText(timedOut)).toContain('\u001b[31mCampaign timed out');
  });

  it('name each notification that did not reach everybody, with how many it did not reach and the first of them', () => {
    const text = linesOf(complete).join('\n');

    expect(text).toMatch(
      /\nnotification +ended +not reached\nds-33333333… +PARTIAL_SUCCESS +2 of 3: bob@example\.com and 1 more$/,
    );
    expect(text).not.toContain('ds-11111111');
  });

  it('name a notification that timed out or failed, also where everyone was reached', () => {
    const end = { status: 'FAILED', output: null, error: 'TrackingFailed', states: [], errors: [] } as const;
    const error = { code: 'KORE_UNREACHABLE', message: 'why' };
    const counts = { total: 0, delivered: 0, failed: 0 };
    const failed: RunResult = {
      ...{ ...REACHED, end, rows: [] },
      event: event('Notification Tracking Failed', { requestId: REACHED.name, counts, error }),
    };
    const late: RunResult = {
      ...REACHED,
      end: { ...REACHED.end, output: { outcome: 'timed-out' } },
      event: event('Notification Delivery Timed Out', { status: 'IN_PROGRESS', error }),
    };

    const text = linesOf({ ...complete, trackings: [failed, late] }).join('\n');

    expect(text).toMatch(/ds-11111111… +tracking failed \(KORE_UNREACHABLE\) +0 of 0\n/);
    expect(text).toMatch(/ds-11111111… +timed out: IN_PROGRESS +0 of 1$/);
  });

  it('name twenty notifications, and count the rest', () => {
    const lines = linesOf({ ...complete, trackings: Array(23).fill(PARTLY) });

    expect(lines.filter((line) => line.startsWith('ds-3333'))).toHaveLength(20);
    expect(lines).toContain('and 3 more; --json lists them all');
  });

  it('name nobody where all were reached', () => {
    expect(linesOf({ ...complete, trackings: [REACHED] }).join('\n')).not.toContain('not reached');
  });

  it('begin with the event and where the row is, and end with how it went, which stays on the screen', () => {
    const [event, place, facts, notReached, ...others] = linesOf(complete).join('\n').trim().split('\n\n');

    const [title, ...json] = event?.split('\n') ?? [];
    expect(title).toBe(`Event "Campaign Delivery Complete" from ${SOURCE}:`);
    expect(JSON.parse(json.join(''))).toEqual(complete.event?.detail);
    expect(place).toContain(
      'row is in the table DeliveryLog, under "#campaign#spring" and "#summary", beside 6 rows',
    );
    expect(facts).toMatch(/^spring {2}Campaign complete\n/);
    expect(notReached).toMatch(/^notification +ended +not reached\n/);
    expect(others).toEqual([]);
  });
});

describe('the progress of a campaign', () => {
  const waiting: CampaignCheckResult = {
    outcome: 'waiting',
    nextCheckAt: '2026-01-01T00:00:10Z',
    checks: 2,
    lastEndAt: '2026-01-01T00:02:00Z',
  };

  it('is what was heard of its notifications, while it goes on', () => {
    expect(campaignProgressOf(waiting, 2, 3, 5)).toEqual({
      ...{ check: 2, status: 'in progress', done: 3, of: 5, obstacle: undefined },
    });
    expect(campaignProgressOf({ ...waiting, obstacle: 'THROTTLED' }, 2, 3, 5).obstacle).toBe('THROTTLED');
  });

  it('is what its event says, in the end', () => {
    const ended = (outcome: 'complete' | 'timed-out' | 'failed', { event: told }: CampaignResult) =>
      ({ outcome, detail: told?.detail, output: { outcome } }) as unknown as CampaignCheckResult;

    expect(campaignProgressOf(ended('complete', complete), 5, 1, 2)).toEqual({
      ...{ check: 5, status: 'complete', done: 2, of: 2, obstacle: undefined },
    });
    expect(campaignProgressOf(ended('timed-out', timedOut), 9, 1, 5)).toEqual({
      ...{ check: 9, status: 'timed out', done: 4, of: 5, obstacle: 'DEADLINE_PASSED' },
    });
    const error = { code: 'CAMPAIGN_ID_USED', message: 'why' };
    const used = { ...complete, event: event('Campaign Tracking Failed', { campaignId: 'spring', error }) };
    expect(campaignProgressOf(ended('failed', used), 1, 0, 2)).toEqual({
      ...{ check: 1, status: 'failed', done: 0, of: 2, obstacle: 'CAMPAIGN_ID_USED' },
    });
  });
});

it('an id is shortened so far that it can be told from others', () => {
  expect(shortId('ds-30bd9810-954b-400b-bc10-d31c5bb1ecaa')).toBe('ds-30bd9810…');
  expect(shortId('ds-1')).toBe('ds-1');
});
