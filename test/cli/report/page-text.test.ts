/** What the page says, in words. */
import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../cli/report/data/subject.ts';
import { headline, nextSteps, outcomeSentence } from '../../../cli/report/page/outcome.ts';
import { share } from '../../../cli/report/page/words.ts';
import { dataOf, SAMPLE_SUBJECT, samplePages, sampleRow } from '../../report/sample-campaign.ts';

const reachedPage = (count: number) => ({
  requestId: 'ds-1',
  rows: Array.from({ length: count }, (_, index) => sampleRow({ requestId: 'ds-1', index })),
});

describe('the headline', () => {
  it('says that all were reached', async () => {
    expect(headline(await dataOf([reachedPage(3)]))).toBe('All 3 recipients were reached');
  });

  it('says that nothing is known', async () => {
    expect(headline(await dataOf([]))).toBe('Nothing was heard of any recipient');
  });

  it('says that it is not the last word', async () => {
    const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

    expect(headline(data)).toBe('So far, 81 of 900 recipients were not reached');
  });
});

it('says the outcome in a sentence', async () => {
  const data = await dataOf(samplePages(), { subject: SAMPLE_SUBJECT });

  expect(outcomeSentence(data)).toBe(
    'The campaign spring-2026 is not over yet. Of its recipients, 704 were reached (78 %) and 81 were not (9 %); of at least 115 more, nothing has been heard yet.',
  );
});

describe('what to do now', () => {
  const steps = async (subject: Subject) =>
    nextSteps(await dataOf(samplePages(), { subject })).map(({ text }) => text);

  it('is to wait, to reach those who were not, and to track again', async () => {
    const [wait, reach, track, ...others] = await steps(SAMPLE_SUBJECT);

    expect(wait).toContain('3 notifications have not ended');
    expect(reach).toContain('Reach the 81 recipients in another way');
    expect(track).toContain('delivery-tracker retrack ds-frankfurt');
    expect(others).toEqual([]);
  });

  it('is nothing where everybody was reached', async () => {
    const [step] = nextSteps(await dataOf([reachedPage(3)]));

    expect(step?.text).toBe('Nothing: everybody was reached.');
  });

  it('has no command with what is no id, since it may be copied into a shell', async () => {
    const notifications = [{ requestId: 'ds-1; rm -rf ~', state: 'failed' as const }];

    expect((await steps({ ...SAMPLE_SUBJECT, notifications })).join()).not.toContain('rm -rf');
  });
});

it.each([
  [0, 10, '0 %'],
  [1, 1_000, '< 1 %'],
  [999, 1_000, '> 99 %'],
  [10, 10, '100 %'],
  [0, 0, '0 %'],
])('%s of %s is a share that is not rounded to none or all', (part, whole, text) => {
  expect(share(part, whole)).toBe(text);
});
