/** Campaigns whose function fails until their time is over, or whose execution dies: the states that report in their place. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { judged, local, type Outcome, type Scenario, timeless } from './both.ts';
import { CAMPAIGN, CAMPAIGN_INPUT, ending, fail, numbers } from './campaign-scenarios.ts';
import { type Judge, stepFunctionsJudge } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await stepFunctionsJudge(inject('python'));
});
afterAll(() => judge.close());

describe('a function that fails until after the last end', () => {
  /** From its second check on. */
  const failing = (faults: object = {}): Scenario => ({
    ...CAMPAIGN,
    faults: ending(
      { 1: 'complete' },
      {
        ...faults,
        invokeFunction: (attempt, perform) => (attempt === 1 ? perform() : fail('Runtime.ExitError')),
      },
    ),
  });

  it('ends in the event and the row of the states that report in its place', async () => {
    const [ours, theirs] = [await local(failing()), await judged(judge, failing())];

    expect(theirs.end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed', output: null });
    expect(theirs.seconds).toBeGreaterThanOrEqual(180);
    expect(theirs.seconds).toBeLessThan(200);
    expect(theirs.end.states.slice(-8)).toEqual([
      'Check failed',
      'Campaign final?',
      'Record final event',
      'Read final event',
      'Save campaign',
      'Campaign final?',
      'Publish campaign tracking failed',
      'Campaign tracking failed',
    ]);
    expect(theirs).toMatchObject({
      events: [{ detail: { data: { campaignId: 'spring', error: { code: 'UNEXPECTED_ERROR' } } } }],
      rows: {
        '#summary': {
          outcome: 'failed',
          error: { code: 'UNEXPECTED_ERROR' },
          // What the first check had counted.
          notifications: numbers({ complete: 1, missing: 1 }),
          counts: { total: 3, delivered: 2, failed: 1 },
        },
      },
      record: { outcome: 'failed' },
    });
    expect(uncounted(theirs)).toEqual(uncounted(ours));
  });

  it('is published without its rows, if the table takes none', async () => {
    const scenario = failing({ updateItem: () => fail('DynamoDB.InternalServerError') });
    const theirs = await judged(judge, scenario);

    expect(theirs).toMatchObject({
      end: { status: 'FAILED', error: 'TrackingFailed' },
      events: [{ detail: { data: { error: { code: 'UNEXPECTED_ERROR' } } } }],
      rows: { '#summary': { checks: 1 } },
    });
    expect(theirs.rows['#summary']).not.toHaveProperty('outcome');
    expect(theirs.record).toBeUndefined();
  });

  it('after a check whose answer was lost, ends as that check recorded', async () => {
    const scenario: Scenario = {
      ...CAMPAIGN,
      input: { ...CAMPAIGN_INPUT, notifications: 1 },
      faults: ending(
        { 1: 'complete' },
        {
          invokeFunction: async (attempt, perform) => {
            if (attempt === 1) await perform();
            return fail('Lambda.SdkClientException');
          },
        },
      ),
    };

    const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

    expect(theirs).toMatchObject({
      end: { status: 'SUCCEEDED', output: { outcome: 'complete' } },
      events: [{ detailType: 'Campaign Delivery Complete' }],
      rows: { '#summary': { outcome: 'complete', checks: 1 } },
    });
    expect({ ...timeless(theirs), end: theirs.end.output }).toEqual({
      ...timeless(ours),
      end: ours.end.output,
    });
  });
});

describe('the reporter', () => {
  const report: Scenario['report'] = ({ status }) => ({ status, input: JSON.stringify(CAMPAIGN_INPUT) });

  it('publishes what was recorded, where EventBridge refused the event for an hour', async () => {
    const { end, reported, events, record, rows } = await judged(judge, {
      ...CAMPAIGN,
      faults: ending(
        { 1: 'complete', 2: 'complete' },
        { putEvents: (attempt, perform) => (attempt <= 66 ? fail('EventBridge.FailedEntry') : perform()) },
      ),
      report,
    });

    expect(end).toMatchObject({ status: 'FAILED', error: 'EventBridge.FailedEntry' });
    expect(reported).toMatchObject({ status: 'SUCCEEDED' });
    expect(events).toMatchObject([{ detailType: 'Campaign Delivery Complete' }]);
    expect(record?.detail).toEqual(events[0]?.detail);
    expect(rows).toMatchObject({ '#summary': { outcome: 'complete' } });
  });

  it('publishes a failure of a campaign that was stopped, and brings its row to an end', async () => {
    let stop = (): unknown => undefined;
    const scenario: Scenario = {
      ...CAMPAIGN,
      onStart: (toStop) => (stop = toStop),
      faults: ending(
        { 1: 'complete' },
        {
          invokeFunction: async (_, perform) => {
            const result = await perform();
            await stop();
            return result;
          },
        },
      ),
      report,
    };

    const [ours, theirs] = [await local(scenario), await judged(judge, scenario)];

    expect(theirs).toMatchObject({
      end: { status: 'ABORTED' },
      reported: { status: 'SUCCEEDED' },
      events: [
        {
          detailType: 'Campaign Tracking Failed',
          detail: { data: { campaignId: 'spring', error: { code: 'TRACKING_INTERRUPTED' } } },
        },
      ],
      rows: { '#summary': { outcome: 'failed', notifications: numbers({ complete: 1, missing: 1 }) } },
      record: { outcome: 'failed' },
    });
    expect({ ...timeless(theirs), end: theirs.end.status }).toEqual({
      ...timeless(ours),
      end: ours.end.status,
    });
  });
});

/** Without the number of the failed checks, whose waits are drawn. */
function uncounted(outcome: Outcome): object {
  const { end, ...others } = timeless(outcome);
  const text = JSON.stringify({ ...others, error: end.error, states: [...new Set(end.states)] });
  return JSON.parse(text.replaceAll(/\d+ in all/g, 'some in all'));
}
