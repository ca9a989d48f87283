/** The campaign that a notification belongs to: carried from the input to everything that tells of the tracking. */
import { expect, it } from 'vitest';
import { SUMMARY_ID } from '../../contract/table-names.ts';
import { summaryOf } from '../../lambdas/check-delivery/ending/final-event.ts';
import { answers, trackInMemory } from './tracking-in-memory.ts';

const INPUT = { requestId: 'ds-1', streamId: 'st-1' };
const input = { ...INPUT, campaignId: 'spring' };
const endsSecond = (call: number) => answers(call < 2 ? 'IN_PROGRESS' : 'SUCCESS');

it('is in the state, the lines, the event and the summary', async () => {
  const { results, lines, summaries } = await trackInMemory({ input, answer: endsSecond });

  expect(results[0]).toMatchObject({ request: { campaignId: 'spring' } });
  expect(results.at(-1)).toMatchObject({ detail: { metadata: { campaignId: 'spring' } } });
  expect(lines).toMatchObject(lines.map(() => ({ campaignId: 'spring' })));
  expect(summaries).toMatchObject([{ logId: SUMMARY_ID, campaignId: 'spring' }]);
});

it('is not there where the input names none', async () => {
  const { results, summaries } = await trackInMemory({ input: INPUT, answer: endsSecond });

  expect(JSON.stringify(results)).not.toContain('campaignId');
  expect(summaries[0]).not.toHaveProperty('campaignId');
});

it('is in the event and the summary of an input that is rejected for something else', async () => {
  const { results, lines, summaries } = await trackInMemory({
    input: { ...input, recipients: 0 },
    answer: endsSecond,
  });

  expect(results).toMatchObject([{ outcome: 'failed', detail: { metadata: { campaignId: 'spring' } } }]);
  expect(summaries).toMatchObject([{ outcome: 'failed', campaignId: 'spring' }]);
  expect(lines[0]).toMatchObject({ message: 'rejected input', campaignId: 'spring' });
});

it.each([['spring sale'], [7], [null], ['']])('that is none is refused: %j', async (campaignId) => {
  const { results, summaries } = await trackInMemory({
    input: { ...input, campaignId },
    answer: endsSecond,
  });

  expect(results).toMatchObject([
    {
      detail: {
        data: { error: { code: 'INVALID_INPUT', message: expect.stringContaining('"campaignId"') } },
      },
    },
  ]);
  expect(summaries[0]).not.toHaveProperty('campaignId');
});

it.each([undefined, null, 7, '', 'spring sale'])('that an end names as %j is in no summary', (campaignId) => {
  const detail = {
    metadata: { id: 'arn:ds-1', version: '1' as const, campaignId: campaignId as string },
    data: { requestId: 'ds-1', error: { code: 'X', message: 'x' } },
  };

  expect(summaryOf(detail, 'failed', { now: 0, retentionDays: 90 })).not.toHaveProperty('campaignId');
});
