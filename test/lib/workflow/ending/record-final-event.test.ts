/** What the state machines make of a final event's row is what the function makes of it. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { summaryOf } from '../../../../lambdas/check-delivery/ending/final-event.ts';
import { endedBy, finalEventRow } from '../../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { Ended } from '../../../../lambdas/check-delivery/invocation/invocation.ts';
import { readDeployment } from '../../../../local/aws/deployment.ts';
import { outputOf } from '../../../../local/aws/jsonata-state.ts';
import type { Fields } from '../../../workflow/tracking-harness.ts';

const { stateMachine, reporter } = readDeployment(inject('assembly'), 'DeliveryTracker');
const now = Date.parse('2026-11-25T10:00:00.000Z');

const metadata = {
  id: 'arn:aws:states:eu-central-1:123456789012:execution:Tracking:ds-1',
  version: '1',
} as const;
const tracked = {
  requestId: 'ds-1',
  streamId: 'st-1',
  status: 'PARTIAL_SUCCESS',
  counts: { total: 3, delivered: 2, failed: 1 },
  channels: ['ivr'],
  startedAt: '2026-11-25T09:00:00.000Z',
  completedAt: '2026-11-25T10:00:00.000Z',
  durationSeconds: 3600,
  checks: 5,
  deliveryLog: { tableArn: 'arn', partitionKey: 'ds-1' },
};
const error = { code: 'UNEXPECTED_ERROR', message: 'Checks failed.' };
const ENDS: readonly [string, Ended['outcome'], object][] = [
  [
    'complete',
    'complete',
    { metadata: { ...metadata, timestamp: '2026-11-25T10:00:00.000Z', correlationId: 'c-1' }, data: tracked },
  ],
  [
    'a campaign',
    'complete',
    { metadata: { ...metadata, campaignId: 'spring-2027', correlationId: 'c-1' }, data: tracked },
  ],
  ['two channels', 'complete', { metadata, data: { ...tracked, channels: ['email', 'ivr'] } }],
  [
    'no channel',
    'complete',
    { metadata, data: { ...tracked, channels: [], counts: { total: 0, delivered: 0, failed: 0 } } },
  ],
  ['timed out', 'timed-out', { metadata, data: { ...tracked, status: 'IN_PROGRESS', error } }],
  ['the least of a failure', 'failed', { metadata, data: { requestId: 'ds-1', error } }],
  [
    'a failure in a campaign',
    'failed',
    { metadata: { ...metadata, campaignId: 'spring-2027' }, data: { requestId: 'ds-1', error } },
  ],
];

describe.each([
  ['tracking', stateMachine],
  ['reporting', reporter],
])('the state "Read final event" of %s', (_, { definition }) => {
  const read = outputOf(JSON.parse(definition).States['Read final event']);

  it.each(ENDS)('reads an end with %s as the function does', async (_, outcome, detail) => {
    const row = finalEventRow({ outcome, detail } as Ended, { now, retentionDays: 90 });
    const context = { State: { EnteredTime: new Date(now).toISOString() } };

    const found = (await read({ input: row, context })) as Fields;

    const { detail: read_, output, outcome: ended } = endedBy(row);
    expect(found).toMatchObject({ outcome: ended, detailType: row.detailType, detail: read_ });
    if (outcome !== 'failed') expect(found.output).toEqual(output);
    expect(unmarshall(found.summary.item)).toEqual(summaryOf(read_, outcome, { now, retentionDays: 90 }));
    expect(found.summary.now).toBe(String(now / 1000));
  });

  it.each([
    ['complete', ['complete', 'timed-out', 'failed']],
    ['timed-out', ['timed-out', 'timed-out', 'failed']],
    ['failed', ['failed', 'failed', 'failed']],
  ] as const)(
    'lets a summary that is %s replace only what is as good or worse',
    async (outcome, replaces) => {
      const row = finalEventRow({ outcome, detail: { metadata, data: tracked } } as never, {
        now,
        retentionDays: 90,
      });

      const found = (await read({
        input: row,
        context: { State: { EnteredTime: new Date(now).toISOString() } },
      })) as Fields;

      expect(found.summary.replaces).toEqual(replaces);
    },
  );
});
