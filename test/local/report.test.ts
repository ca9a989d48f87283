import { describe, expect, it } from 'vitest';
import type { FinalEventDetail } from '../../contract/event/final-event.ts';
import type { CheckResult, Waiting } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { checkLine, closingLines, jsonDocument, type RunResult } from '../../local/report.ts';

const PLAIN = { colours: false };
const counts = { total: 3, delivered: 2, failed: 1 };

const summary = { requestId: 'ds-1', logId: '#summary', status: 'PARTIAL_SUCCESS' };
const delivered = (recipient: string) => ({
  requestId: 'ds-1',
  logId: `nl-${recipient}`,
  recipient,
  status: 'SUCCESS',
  log: { comments: 'Notification has been sent successfully' },
});
const failed = (recipient: string, comments?: string) => ({
  requestId: 'ds-1',
  logId: `nl-${recipient}`,
  recipient,
  status: 'FAILURE',
  log: { ...(comments !== undefined && { comments }) },
});

const detail = (data: object) =>
  ({
    metadata: { id: 'arn:execution', version: '1' },
    data: { requestId: 'ds-1', ...data },
  }) as unknown as FinalEventDetail;

const END = { completedAt: '2026-01-01T00:01:00Z', durationSeconds: 60 };

const complete: RunResult = {
  name: 'ds-1',
  end: { status: 'SUCCEEDED', output: { outcome: 'complete' }, states: [], errors: [] },
  event: {
    source: 'notification-delivery-tracker',
    detailType: 'Notification Delivery Complete',
    detail: detail({
      status: 'PARTIAL_SUCCESS',
      counts,
      completedAt: '2026-01-01T00:00:12.345Z',
      durationSeconds: 12,
    }),
  },
  rows: [
    summary,
    delivered('ann@example.com'),
    failed('bob@example.com', 'Not reachable'),
    delivered('carl@example.com'),
  ],
  tableName: 'DeliveryLog',
  checks: 4,
};

describe('the JSON document', () => {
  it('has this shape', () => {
    expect(jsonDocument(complete)).toEqual({
      execution: { name: 'ds-1', status: 'SUCCEEDED', checks: 4, output: { outcome: 'complete' } },
      event: complete.event,
      summary,
      deliveryLogs: [
        delivered('ann@example.com'),
        failed('bob@example.com', 'Not reachable'),
        delivered('carl@example.com'),
      ],
    });
  });

  it('has null for what there is not, and no field is left out of the text', () => {
    const nothing: RunResult = {
      ...complete,
      end: { status: 'FAILED', output: null, states: [], errors: [] },
      event: undefined,
      rows: [],
    };
    expect(JSON.parse(JSON.stringify(jsonDocument(nothing)))).toEqual({
      execution: { name: 'ds-1', status: 'FAILED', checks: 4, output: null },
      event: null,
      summary: null,
      deliveryLogs: [],
    });
  });
});

describe('the line of a check', () => {
  const waiting = (changes: Partial<Waiting> = {}): Waiting => ({
    outcome: 'waiting',
    nextCheckAt: '2026-01-01T00:00:10Z',
    request: { requestId: 'ds-1' },
    progress: {
      checks: 2,
      status: 'IN_PROGRESS',
      counts: { total: 6, delivered: 6, failed: 0 },
      channels: [],
      seenSeconds: 0,
    },
    ...changes,
  });
  const unanswered = {
    checks: 1,
    counts: { total: 0, delivered: 0, failed: 0 },
    channels: [],
    seenSeconds: 0,
  };
  const ended = (outcome: 'complete' | 'timed-out' | 'failed', data: object) =>
    ({ outcome, detail: detail(data), output: { outcome, counts } }) as CheckResult;
  /** Its columns. */
  const columnsOf = (result: CheckResult, seconds: number, recipients: number | undefined) =>
    checkLine(result, seconds, recipients, PLAIN)
      .trim()
      .split(/ {2,}|(?<=[█░]) /);

  it('says when, which check, the status and the progress', () => {
    expect(columnsOf(waiting(), 7.26, 24)).toEqual([
      '7.3 s',
      'check 2',
      'IN_PROGRESS',
      '6 of 24',
      '█████░░░░░░░░░░░░░░░',
      '25 %',
    ]);
  });

  it('has no share of recipients whose number is unknown', () => {
    expect(columnsOf(waiting(), 7.26, undefined)).toEqual([
      '7.3 s',
      'check 2',
      'IN_PROGRESS',
      '6 dealt with',
    ]);
  });

  it('shows no share where there are more logs than recipients', () => {
    expect(columnsOf(waiting(), 1, 5).join(' ')).not.toContain('%');
  });

  it('ends with the obstacle', () => {
    const columns = columnsOf(waiting({ obstacle: 'KORE_UNREACHABLE', progress: unanswered }), 1, undefined);
    expect(columns).toEqual(['1.0 s', 'check 1', 'no answer yet', '0 dealt with', 'KORE_UNREACHABLE']);
  });

  it('of the last check has the status of the event', () => {
    const columns = columnsOf(ended('complete', { status: 'SUCCESS', checks: 5, counts }), 12, 3);
    expect(columns).toEqual(['12.0 s', 'check 5', 'SUCCESS', '3 of 3', '█'.repeat(20), '100 %']);
  });

  it('of the last check has the code of the error', () => {
    const error = { code: 'DEADLINE_PASSED', message: 'why' };
    const columns = columnsOf(
      ended('timed-out', { status: 'IN_PROGRESS', checks: 9, counts, error }),
      60,
      undefined,
    );
    expect(columns).toEqual(['60.0 s', 'check 9', 'IN_PROGRESS', '3 dealt with', 'DEADLINE_PASSED']);
  });

  it('is there for a tracking that failed at its first check', () => {
    const error = { code: 'INVALID_INPUT', message: 'why' };
    const columns = columnsOf(ended('failed', { error }), 2, undefined);
    expect(columns).toEqual(['2.0 s', 'check 1', 'no answer yet', '0 dealt with', 'INVALID_INPUT']);
  });

  it('lines up with the others', () => {
    const early = checkLine(waiting(), 7.26, 24, PLAIN);
    const late = checkLine(
      ended('complete', { status: 'PARTIAL_SUCCESS', checks: 12, counts }),
      112.5,
      24,
      PLAIN,
    );
    expect(late.indexOf('PARTIAL_SUCCESS')).toBe(early.indexOf('IN_PROGRESS'));
    expect(late.indexOf('█')).toBe(early.indexOf('█'));
  });
});

describe('the closing lines', () => {
  const linesOf = (result: RunResult) => closingLines(result, PLAIN);
  /** Of the tracking: after the event and the place of the rows, up to the next blank line. */
  const factsOf = (result: RunResult) =>
    linesOf(result)
      .join('\n')
      .split('\n\n')
      .find((part) => part.startsWith('ds-1  '))
      ?.split('\n');

  it('give the verdict on a complete delivery, with how long it took', () => {
    expect(factsOf(complete)).toEqual([
      'ds-1  Delivery complete: PARTIAL_SUCCESS',
      '  recipients  2 delivered, 1 failed',
      '  ended       2026-01-01 00:00:12Z (after 12 s)',
      '  checks      4',
    ]);
  });

  it('are green where the delivery is complete, and red where it is not', () => {
    const failedRun = { ...complete, event: undefined };

    expect(closingLines(complete, { colours: true }).join()).toContain('\u001b[32mDelivery complete');
    expect(closingLines(failedRun, { colours: true }).join()).toContain('\u001b[31mTracking failed');
  });

  it('give the verdict on a delivery that timed out', () => {
    const error = { code: 'DEADLINE_PASSED', message: 'Kore still reported IN_PROGRESS.' };
    const timedOut: RunResult = {
      ...complete,
      end: { status: 'SUCCEEDED', output: { outcome: 'timed-out' }, states: [], errors: [] },
      event: {
        source: 'notification-delivery-tracker',
        detailType: 'Notification Delivery Timed Out',
        detail: detail({ ...END, status: 'IN_PROGRESS', counts, error }),
      },
    };
    expect(factsOf(timedOut)).toEqual([
      'ds-1  Timed out: IN_PROGRESS',
      '  recipients  2 delivered, 1 failed',
      '  ended       2026-01-01 00:01:00Z (after 1 min)',
      '  checks      4',
      '  error       DEADLINE_PASSED: Kore still reported IN_PROGRESS.',
    ]);
  });

  it('give the verdict on a tracking that failed', () => {
    const error = { code: 'CREDENTIALS_REFUSED', message: 'Kore answered 401.' };
    const trackingFailed: RunResult = {
      ...complete,
      end: { status: 'FAILED', output: null, error: 'TrackingFailed', states: [], errors: [] },
      event: {
        source: 'notification-delivery-tracker',
        detailType: 'Notification Tracking Failed',
        detail: detail({ ...END, counts, error }),
      },
    };
    expect(factsOf(trackingFailed)).toEqual([
      'ds-1  Tracking failed',
      '  recipients  2 delivered, 1 failed',
      '  ended       2026-01-01 00:01:00Z (after 1 min)',
      '  checks      4',
      '  error       CREDENTIALS_REFUSED: Kore answered 401.',
    ]);
  });

  it('name those who were not reached, by recipient, each with the reason', () => {
    const rows = [
      summary,
      failed('bob@example.com', 'Not reachable'),
      delivered('carl@example.com'),
      failed('ann@example.com'),
    ];
    const text = linesOf({ ...complete, rows }).join('\n');
    expect(text).toMatch(
      /\nfailed recipient +channel +reason\nann@example\.com +no reason given\nbob@example\.com +Not reachable$/,
    );
    expect(text).not.toContain('carl@example.com');
  });

  it('name twenty of them, and count the rest', () => {
    const many = Array.from({ length: 23 }, (_, index) => failed(`r${String(index).padStart(2, '0')}`));
    const lines = linesOf({ ...complete, rows: many });
    expect(lines.filter((line) => /^r\d\d /.test(line))).toHaveLength(20);
    expect(lines).toContain('and 3 more; --json lists them all');
  });

  it('name nobody where all were reached', () => {
    const text = linesOf({ ...complete, rows: [summary, delivered('carl@example.com')] }).join('\n');
    expect(text).not.toContain('failed recipient');
  });

  it('say where the rows are', () => {
    const text = linesOf(complete).join('\n');
    expect(text).toContain('3 delivery logs and 1 summary in the table DeliveryLog');
  });

  it('begin with the event, and end with who was not reached, which stays on the screen', () => {
    const [event, ...others] = linesOf(complete).join('\n').trim().split('\n\n');

    const [title, ...json] = event?.split('\n') ?? [];
    expect(title).toBe('Event "Notification Delivery Complete" from notification-delivery-tracker:');
    expect(JSON.parse(json.join(''))).toEqual(complete.event?.detail);
    expect(others.at(-1)).toMatch(/^failed recipient .*\nbob@example\.com .*$/);
  });

  it('say so where no event was sent, and how the execution ended', () => {
    const end = { status: 'FAILED', output: null, error: 'States.Runtime', states: [], errors: [] } as const;
    const result: RunResult = { ...complete, end, event: undefined };

    expect(factsOf(result)).toEqual([
      'ds-1  Tracking failed',
      '  recipients  2 delivered, 1 failed',
      '  checks      4',
      '  error       The execution ended FAILED without an event: States.Runtime.',
    ]);
    expect(linesOf(result)[1]).toBe('No event was sent.');
  });
});
