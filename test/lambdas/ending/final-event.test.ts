import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../lambdas/check-delivery/decision.ts';
import {
  finalEventOf,
  finalEventOfRejected,
  summaryOf,
} from '../../../lambdas/check-delivery/ending/final-event.ts';

const execution = { id: 'arn:ds-1', name: 'ds-1--2', startedAt: '2026-01-01T00:00:00Z' };
const NOW = Date.parse('2026-01-01T00:01:00Z');
const KEPT = { now: NOW, retentionDays: 90 };

function ended(decision: object, total = 3) {
  return finalEventOf({
    execution,
    request: { requestId: 'ds-1' },
    progress: { checks: 2, counts: { total, delivered: total, failed: 0 }, channels: [], seenSeconds: 0 },
    decision: decision as Exclude<Decision, { outcome: 'waiting' }>,
    now: NOW,
    tableArn: 'arn:table',
  });
}
const complete = (expected: number) => ({
  outcome: 'complete',
  status: 'SUCCESS',
  final: { status: 'SUCCESS', seenSeconds: 60, checks: 0, expected },
});

describe('the counts', () => {
  it.each([
    ['fewer logs came', 2, { total: 2, delivered: 2, failed: 0, expected: 3 }],
    ['all came', 3, { total: 3, delivered: 3, failed: 0 }],
    ['more came', 4, { total: 4, delivered: 4, failed: 0 }],
  ])('name the expected number only where %s', (_, total, counts) => {
    const { detail, output } = ended(complete(3), total);

    expect(detail.data.counts).toStrictEqual(counts);
    expect(output).toStrictEqual({ outcome: 'complete', status: 'SUCCESS', counts });
  });
});

it('has no status where Kore never gave one', () => {
  const { detail, output } = ended({
    outcome: 'failed',
    error: { code: 'KORE_UNREACHABLE', message: 'why' },
  });

  expect(detail.data).not.toHaveProperty('status');
  expect(output).toStrictEqual({ outcome: 'failed', counts: { total: 3, delivered: 3, failed: 0 } });
});

describe('the event of a rejected input', () => {
  const rejected = (more: object = {}) =>
    finalEventOfRejected(execution, { input: 7, message: 'why', ...more }, NOW);

  it('names the notification by the execution, and has no correlation of its own', () => {
    expect(rejected()).toStrictEqual({
      outcome: 'failed',
      detail: {
        metadata: { id: 'arn:ds-1', version: '1', timestamp: '2026-01-01T00:01:00.000Z' },
        data: { requestId: 'ds-1', error: { code: 'INVALID_INPUT', message: 'why' } },
      },
      output: { outcome: 'failed', counts: { total: 0, delivered: 0, failed: 0 } },
    });
  });

  it('has what of the input is usable', () => {
    const { detail } = rejected({ requestId: 'ds-other', correlationId: 'c-1' });

    expect(detail).toMatchObject({ metadata: { correlationId: 'c-1' }, data: { requestId: 'ds-other' } });
  });
});

it('the summary has a correlation only where the event has one', () => {
  const { detail } = ended(complete(3));
  const correlated = { ...detail, metadata: { ...detail.metadata, correlationId: 'c-1' } };

  expect(summaryOf(detail, 'complete', KEPT)).not.toHaveProperty('correlationId');
  expect(summaryOf(correlated as typeof detail, 'complete', KEPT)).toMatchObject({ correlationId: 'c-1' });
});
