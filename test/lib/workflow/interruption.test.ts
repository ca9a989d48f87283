/** What the reporter says of an execution that ended without its event, as npm's `jsonata` reads it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignFailedSchema } from '../../../contract/campaign/campaign-event.ts';
import { trackingFailedSchema } from '../../../contract/event/final-event.ts';
import { describeInterruption } from '../../../lib/workflow/interruption-jsonata.ts';
import { outputOf } from '../../../local/aws/jsonata-state.ts';
import type { Fields } from '../../workflow/tracking-harness.ts';

const CAMPAIGNS = 'arn:aws:states:eu-central-1:123456789012:stateMachine:Campaigns';
const TRACKING = 'arn:aws:states:eu-central-1:123456789012:stateMachine:Tracking';
const NOW = Date.parse('2026-11-25T10:00:00.000Z');

async function describedWith(input: unknown, stateMachineArn: string, name = 'an-execution') {
  const Output = describeInterruption(CAMPAIGNS, 90);
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const ended = { executionArn, stateMachineArn, name, status: 'ABORTED', input };
  const context = { State: { EnteredTime: new Date(NOW).toISOString() } };
  const evaluate = outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output });
  return (await evaluate({ input: ended, context })) as Fields;
}

describe('of a campaign', () => {
  it('it says that the campaign failed, and that its notifications are tracked all the same', async () => {
    const input = JSON.stringify({ campaignId: 'spring-2027', notifications: 50 });

    const described = await describedWith(input, CAMPAIGNS, 'spring-2027');

    expect(described).toMatchObject({
      detailType: 'Campaign Tracking Failed',
      detail: {
        metadata: {
          id: 'arn:aws:states:eu-central-1:123456789012:execution:Campaigns:spring-2027',
          version: '1',
        },
        data: {
          campaignId: 'spring-2027',
          error: {
            code: 'TRACKING_INTERRUPTED',
            message:
              'The execution ended ABORTED without a final event. Its notifications are tracked all the same, and their summaries are in the table.',
          },
        },
      },
    });
  });

  it('its row is that of the execution, and holds the same event', async () => {
    const { row, detail } = await describedWith(JSON.stringify({ campaignId: 'spring-2027' }), CAMPAIGNS);

    expect(row).toEqual({
      requestId: detail.metadata.id,
      outcome: 'failed',
      detail: expect.any(String),
      expiresAt: String(NOW / 1000 + 90 * 86_400),
    });
    expect(JSON.parse(row.detail)).toEqual(detail);
  });

  it.each([
    ['an input without one', '{"notifications":50}'],
    ['an input that is no object', '"spring-2027"'],
    ['an id that is none', '{"campaignId":"spring 2027"}'],
    ['an id that is too long', JSON.stringify({ campaignId: 'c'.repeat(77) })],
    ['an input too long for an event', undefined],
    ['an input that is null', null],
  ])('it is named by its execution where there is %s', async (_, input) => {
    const { detail } = await describedWith(input, CAMPAIGNS, 'by-its-execution');

    expect(detail.data.campaignId).toBe('by-its-execution');
  });
});

describe('of a notification', () => {
  it('it says that the tracking failed, with the campaign that it belongs to', async () => {
    const input = JSON.stringify({ requestId: 'ds-1', streamId: 'st-1', campaignId: 'spring-2027' });

    expect(await describedWith(input, TRACKING, 'ds-1')).toMatchObject({
      detailType: 'Notification Tracking Failed',
      detail: {
        metadata: { version: '1', campaignId: 'spring-2027' },
        data: {
          requestId: 'ds-1',
          error: {
            code: 'TRACKING_INTERRUPTED',
            message:
              'The execution ended ABORTED without a final event. Its delivery logs so far are in the table.',
          },
        },
      },
    });
  });

  it.each([
    ['no campaign', { requestId: 'ds-1' }],
    ['a campaign that is none', { requestId: 'ds-1', campaignId: 'spring 2027' }],
  ])('it names no campaign where the input has %s', async (_, input) => {
    const { detail } = await describedWith(JSON.stringify(input), TRACKING, 'ds-1--2');

    expect(detail.metadata).toEqual({ id: expect.stringMatching(/:ds-1--2$/), version: '1' });
    expect(detail.data).not.toHaveProperty('campaignId');
  });
});

it.each([
  ['campaign', CAMPAIGNS, campaignFailedSchema],
  ['notification', TRACKING, trackingFailedSchema],
] as const)('of any %s it is a valid event', async (_, stateMachineArn, schema) => {
  const ids = fc.record({ campaignId: fc.jsonValue(), requestId: fc.jsonValue() });
  const inputs = fc.oneof(
    fc.constant(undefined),
    fc.constant(null),
    fc.oneof(fc.jsonValue(), ids).map((input) => JSON.stringify(input)),
  );

  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const { detail } = await describedWith(input, stateMachineArn);
      schema.parse(detail);
    }),
  );
});
