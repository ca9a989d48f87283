import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entry, koreThat, says, trackAt } from '../workflow/tracking-harness.ts';
import { HOSTILE_ANSWERS } from './hostile-answers.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/reliability.md'), 'utf8');

describe.concurrent('an answer of Kore', () => {
  it.for(Object.entries(HOSTILE_ANSWERS))('with %s', async ([name, hostile], { onTestFinished }) => {
    const onFinished = (tidyUp: () => Promise<void>) => void onTestFinished(tidyUp);
    let redirected = 0;
    const elsewhere = await koreThat((_, response) => {
      redirected += 1;
      says(response, 'SUCCESS');
    }, onFinished);
    const kore = await koreThat((call, response) => {
      if (call === 1) hostile.answer(response, elsewhere);
      else says(response, 'SUCCESS', [entry(1)]);
    }, onFinished);

    const { checks, detail, logs, end } = await trackAt(kore, { onFinished });

    expect(end.errors).toEqual([]);
    expect(checks.map((check) => (check.outcome === 'waiting' ? check.obstacle : check.outcome))).toEqual(
      hostile.obstacle === undefined && !hostile.isShort ? ['complete'] : [hostile.obstacle, 'complete'],
    );
    expect(logs).toHaveLength(hostile.rows?.length ?? 0);
    for (const row of hostile.rows ?? []) expect(logs).toContainEqual(expect.objectContaining(row));
    expect(detail.data.counts.total).toBe(logs.length);
    expect(redirected).toBe(0);
    expect(PAGE).toContain(`| ${name} | ${hostile.result} |`);
  });
});

it('that goes back from SUCCESS to IN_PROGRESS is never seen where all logs are there: nobody asks again', async () => {
  let calls = 0;
  const kore = await koreThat((call, response) => {
    calls += 1;
    says(response, call === 1 ? 'SUCCESS' : 'IN_PROGRESS', [entry(1)]);
  });

  const { detail } = await trackAt(kore);

  expect(detail.data.status).toBe('SUCCESS');
  expect(calls).toBe(1);
});
