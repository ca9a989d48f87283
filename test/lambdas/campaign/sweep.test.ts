/** When the executions are asked for what left no summary: once before the end, and again where that goes wrong. */
import { describe, expect, it } from 'vitest';
import { at, eventRow, LAST_END, summary } from './campaign-in-memory.ts';
import { follow, ours, SWEEP_AT, two } from './sweep-in-memory.ts';

describe('the executions', () => {
  it('are asked once, and not where all ended in time', async () => {
    const asked = (lines: readonly Record<string, unknown>[]) =>
      lines.filter(({ message }) => message === 'asked the executions').length;

    const [short, whole] = await Promise.all([
      follow({ firstAt: SWEEP_AT }),
      follow({ firstAt: SWEEP_AT, ends: [...two, [0, summary('ds-3')]] }),
    ]);

    expect(asked(short.lines)).toBe(1);
    expect(asked(whole.lines)).toBe(0);
  });

  it('are asked at the last end too, by the first check that comes then', async () => {
    const row = eventRow('ds-3', 'complete', {}, ours);

    const { times, last } = await follow({ firstAt: LAST_END, trackings: [{ name: 'ds-3', row }] });

    expect(times).toEqual([LAST_END, LAST_END + 15]);
    expect(last).toMatchObject({ outcome: 'complete' });
  });

  it('are not asked before a check has counted what is there', async () => {
    const row = eventRow('ds-3', 'complete', {}, ours);

    const { results, times, last } = await follow({
      firstAt: SWEEP_AT,
      trackings: [{ name: 'ds-3', row }],
      fails: (what, time) => what === 'index' && time === 1,
    });

    expect(times).toEqual([SWEEP_AT, SWEEP_AT + 50, SWEEP_AT + 65]);
    expect(results[0]).toMatchObject({ obstacle: 'TABLE_UNREACHABLE' });
    expect(results[0]).not.toHaveProperty('isSwept');
    expect(last).toMatchObject({ outcome: 'complete' });
  });

  it.each([
    ['do not change the plan of the check', [], LAST_END, LAST_END + 30, 'timed-out'],
    ['are counted later where something was found', ['ds-3'], LAST_END + 45, LAST_END + 45, 'complete'],
  ])('that answer only after the last end %s', async (_, names, planned, next, outcome) => {
    const trackings = names.map((name) => ({ name, row: eventRow(name, 'complete', {}, ours) }));

    const { results, times, last } = await follow({ firstAt: LAST_END - 10, askingSeconds: 40, trackings });

    expect(results[0]).toMatchObject({ outcome: 'waiting', isSwept: true, nextCheckAt: at(planned) });
    expect(times).toEqual([LAST_END - 10, next]);
    expect(last).toMatchObject({ outcome });
  });

  it('that cannot be asked are asked again at the next check', async () => {
    const row = eventRow('ds-3', 'complete', {}, ours);

    const { results, lines, last } = await follow({
      trackings: [{ name: 'ds-3', row }],
      fails: (what, time) => what === 'executions' && time === 1,
    });

    expect(results[1]).not.toHaveProperty('isSwept');
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'could not ask all executions',
        code: 'EXECUTIONS_UNREACHABLE',
        saved: 0,
      }),
    );
    expect(last).toMatchObject({ outcome: 'complete' });
  });

  it('that can never be asked do not hold up the end', async () => {
    const { times, last } = await follow({ fails: (what) => what === 'executions' });

    expect(times.at(-1)).toBe(LAST_END);
    expect(last).toMatchObject({ outcome: 'timed-out' });
  });

  it('that cannot be described keep none out that rows tell of, and no more is asked until the next check', async () => {
    const stopped = ['ds-8', 'ds-9'].map((name) => ({
      name,
      input: { requestId: name, campaignId: 'spring' },
    }));
    const trackings = [...stopped, { name: 'ds-3', row: eventRow('ds-3', 'complete', {}, ours) }];

    const { described, last } = await follow({ trackings, fails: (what) => what === 'question' });

    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { complete: 3 } } });
    expect(described).toHaveLength(1);
  });

  it('that could not be described are asked again at the next check', async () => {
    const stopped = { name: 'ds-3', input: { requestId: 'ds-3', campaignId: 'spring' } };

    const { results, last } = await follow({
      trackings: [stopped],
      fails: (what, time) => what === 'question' && time === 1,
    });

    expect(results[1]).not.toHaveProperty('isSwept');
    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { failed: 1 } } });
  });

  it('that succeeded without a row count as their outputs say', async () => {
    const output = JSON.stringify({
      outcome: 'timed-out',
      status: 'IN_PROGRESS',
      counts: { total: 5, delivered: 4, failed: 1 },
    });
    const tracking = {
      name: 'ds-3',
      status: 'SUCCEEDED',
      input: { requestId: 'ds-3', campaignId: 'spring' },
      output,
    };

    const { campaigns, last } = await follow({ trackings: [tracking] });

    expect(campaigns.summaryOf('ds-3')).toMatchObject({
      outcome: 'timed-out',
      status: 'IN_PROGRESS',
      counts: { total: 5 },
    });
    expect(campaigns.summaryOf('ds-3')).not.toHaveProperty('error');
    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { timedOut: 1 } } });
  });

  it('whose summaries cannot all be written are asked again, and what was written counts', async () => {
    const trackings = ['ds-3', 'ds-4'].map((name) => ({ name, row: eventRow(name, 'complete', {}, ours) }));

    const { lines, last, results } = await follow({
      input: { campaignId: 'spring', notifications: 4 },
      trackings,
      fails: (what, time) => what === 'summary' && time === 2,
    });

    expect(lines).toContainEqual(expect.objectContaining({ code: 'TABLE_UNREACHABLE', saved: 1 }));
    expect(results[1]).toMatchObject({ nextCheckAt: at(SWEEP_AT + 15) });
    expect(results[1]).not.toHaveProperty('isSwept');
    expect(last).toMatchObject({ outcome: 'complete', output: { notifications: { complete: 4 } } });
  });

  it('are asked again where the time is up while their summaries are written', async () => {
    const time = new AbortController();
    const trackings = ['ds-3', 'ds-4'].map((name) => ({ name, row: eventRow(name, 'complete', {}, ours) }));

    const { results, campaigns } = await follow({
      firstAt: SWEEP_AT,
      input: { campaignId: 'spring', notifications: 4 },
      trackings,
      fails(what) {
        if (what === 'summary') time.abort();
        return false;
      },
      readingTime: time.signal,
      most: 1,
    });

    expect(results).toMatchObject([{ outcome: 'waiting', nextCheckAt: at(SWEEP_AT + 15) }]);
    expect(results[0]).not.toHaveProperty('isSwept');
    expect(campaigns.summaryOf('ds-3')).toMatchObject({ outcome: 'complete' });
    expect(campaigns.summaryOf('ds-4')).toBeUndefined();
  });
});
