/** One execution, one truth: each report of it, however many there are, is the same byte for byte. */
import { describe, expect, it } from 'vitest';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import type { FaultPlan } from '../../../testing/faults/fault-plan.ts';
import {
  deploymentWithDeadline,
  entry,
  type Fields,
  fails,
  koreThat,
  STREAM_ID,
  says,
  trackAt,
} from '../tracking-harness.ts';

const LOGS = [entry(1), entry(2, 'FAILURE')];
const INPUT = { requestId: 'ds-1', streamId: STREAM_ID };
const finished = () => koreThat((_, response) => says(response, 'PARTIAL_SUCCESS', LOGS));

/** Fails the arrivals at a place, counted from 1, as told. */
function failing(place: string, wayOf: (arrival: number) => ReturnType<FaultPlan['arrive']>): FaultPlan {
  let arrivals = 0;
  return {
    arrive(arrived) {
      if (arrived !== place) return undefined;
      arrivals += 1;
      return wayOf(arrivals);
    },
  };
}

/** What EventBridge starts for an execution that was stopped or died. */
const report = (aws: LocalAws, executionArn: string, status: string) =>
  aws.reportInterruption({ executionArn, name: 'ds-1', status, input: JSON.stringify(INPUT) }).ended;

/** The one event that all are; fails the test where two differ. */
function theEvent(aws: LocalAws): { detailType: string; detail: Fields } {
  const different = new Set(aws.events.map((event) => JSON.stringify(event)));
  expect(different.size).toBe(1);
  return aws.events[0] as never;
}

const summaryOf = async (aws: LocalAws) =>
  (await aws.rowsOf('ds-1')).find(({ logId }) => logId === '#summary') as Fields;

it('an execution that is stopped while its event is published again says what it said', async () => {
  const { aws, executionArn } = await trackAt(await finished(), {
    input: INPUT,
    name: 'ds-1',
    faults: failing('final event', (arrival) => (arrival <= 66 ? 'answer lost' : undefined)),
  });

  await report(aws, executionArn, 'ABORTED');

  expect(aws.events.length).toBeGreaterThan(60);
  expect(theEvent(aws)).toMatchObject({ detailType: 'Notification Delivery Complete' });
});

it('a lost answer that throttles follow is no other truth', async () => {
  const { aws, end, executionArn } = await trackAt(await finished(), {
    input: INPUT,
    name: 'ds-1',
    faults: failing('final event', (arrival) =>
      arrival === 1 ? 'answer lost' : arrival <= 66 ? 'throttle' : undefined,
    ),
  });

  await report(aws, executionArn, end.status);

  expect(end).toMatchObject({ status: 'FAILED', error: 'EventBridge.ThrottlingException' });
  expect(aws.events).toHaveLength(2);
  expect(theEvent(aws)).toMatchObject({ detailType: 'Notification Delivery Complete' });
});

it('an end whose answer was lost outlasts an outage of Kore up to the deadline', async () => {
  const kore = await koreThat((call, response) =>
    call === 1 ? says(response, 'PARTIAL_SUCCESS', LOGS) : fails(response, 503),
  );

  const { aws, summary } = await trackAt(kore, {
    deployment: deploymentWithDeadline(600),
    input: INPUT,
    name: 'ds-1',
    // The first arrival is the plan of the first check.
    faults: failing('function', (arrival) => (arrival === 2 ? 'answer lost' : undefined)),
  });

  expect(theEvent(aws).detail.data).toMatchObject({ status: 'PARTIAL_SUCCESS', counts: { total: 2 } });
  expect(summary).toMatchObject({ outcome: 'complete', status: 'PARTIAL_SUCCESS' });
});

it('an end whose answer was lost outlasts a function that then fails to the end', async () => {
  const { aws, end, summary } = await trackAt(await finished(), {
    deployment: deploymentWithDeadline(600),
    input: INPUT,
    name: 'ds-1',
    faults: failing('function', (arrival) =>
      arrival === 2 ? 'answer lost' : arrival > 2 ? 'error' : undefined,
    ),
  });

  expect(end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete', counts: { total: 2 } } });
  expect(theEvent(aws)).toMatchObject({ detailType: 'Notification Delivery Complete' });
  expect(summary).toMatchObject({ outcome: 'complete', counts: { total: 2, delivered: 1, failed: 1 } });
});

describe('an execution that was stopped and reported', () => {
  async function stoppedAndReported() {
    let stop = () => {};
    const { aws, executionArn } = await trackAt(
      await koreThat((call, response) =>
        call === 1 ? says(response, 'IN_PROGRESS', LOGS) : says(response, 'PARTIAL_SUCCESS', LOGS),
      ),
      {
        input: INPUT,
        name: 'ds-1',
        onStart: (execution) => (stop = () => execution.stop()),
        afterCheck: () => stop(),
      },
    );
    await report(aws, executionArn, 'ABORTED');
    return { aws, executionArn };
  }

  it('has a row and a summary that say so', async () => {
    const { aws, executionArn } = await stoppedAndReported();

    expect(theEvent(aws).detail.data.error.code).toBe('TRACKING_INTERRUPTED');
    expect(await summaryOf(aws)).toMatchObject({
      outcome: 'failed',
      executionArn,
      error: { code: 'TRACKING_INTERRUPTED' },
    });
    const [row] = (await aws.rowsOf(executionArn)) as Fields[];
    expect(row).toMatchObject({ logId: '#final-event', outcome: 'failed' });
    expect(JSON.parse(row?.detail)).toEqual(theEvent(aws).detail);
    expect(row?.expiresAt - Date.now() / 1000).toBeGreaterThan(15 * 86_400 - 60);
  });

  it('repeats that event where it is redriven, though the delivery is complete by then', async () => {
    const { aws, executionArn } = await stoppedAndReported();

    // A redrive keeps the ARN, which is the name here.
    const redriven = aws.track({ name: 'ds-1', input: INPUT });
    const end = await redriven.ended;

    expect(redriven.arn).toBe(executionArn);
    expect(end).toMatchObject({ status: 'FAILED', error: 'TrackingFailed' });
    expect(aws.events).toHaveLength(2);
    expect(theEvent(aws).detail.data.error.code).toBe('TRACKING_INTERRUPTED');
    expect(await summaryOf(aws)).toMatchObject({ outcome: 'failed' });
  });

  it('is tracked anew by another execution, whose end is the better summary', async () => {
    const { aws } = await stoppedAndReported();

    const next = await aws.track({ name: 'ds-1--2', input: INPUT }).ended;

    expect(next).toMatchObject({ status: 'SUCCEEDED' });
    expect(await summaryOf(aws)).toMatchObject({ outcome: 'complete', counts: { total: 2 } });
  });
});

it('the report of an execution whose last check had recorded its end is that end', async () => {
  const { aws, executionArn } = await trackAt(await finished(), { input: INPUT, name: 'ds-1' });

  // As where it was stopped between the check and the publication.
  await report(aws, executionArn, 'ABORTED');

  expect(aws.events).toHaveLength(2);
  expect(theEvent(aws)).toMatchObject({ detailType: 'Notification Delivery Complete' });
});

it('rejected input has its row as well', async () => {
  const { aws, executionArn } = await trackAt('http://127.0.0.1:9', {
    input: { streamId: 'st-1' },
    name: 'by-hand',
  });

  const [row] = (await aws.rowsOf(executionArn)) as Fields[];

  expect(row).toMatchObject({
    logId: '#final-event',
    outcome: 'failed',
    detailType: 'Notification Tracking Failed',
  });
  expect(JSON.parse(row?.detail)).toEqual(theEvent(aws).detail);
});

it('rejected input stays rejected where the table takes no row at first', async () => {
  const { checks, detail } = await trackAt(await finished(), {
    input: { requestId: 'ds-1--2', streamId: STREAM_ID },
    name: 'by-hand',
    faults: failing('final event row', (arrival) => (arrival <= 3 ? 'error' : undefined)),
  });

  expect(checks.map(({ outcome }) => outcome)).toEqual(['waiting', 'failed']);
  expect(detail.data).toMatchObject({ requestId: 'by-hand', error: { code: 'INVALID_INPUT' } });
});

it('an event goes out without its row only where the table takes none up to the last end', async () => {
  const { aws, end, executionArn, detail } = await trackAt(await finished(), {
    deployment: deploymentWithDeadline(600),
    input: INPUT,
    name: 'ds-1',
    faults: failing('final event row', () => 'error'),
  });

  expect(end.status).toBe('SUCCEEDED');
  expect(await aws.rowsOf(executionArn)).toEqual([]);
  expect(detail.data.durationSeconds).toBeGreaterThanOrEqual(1_200);
});
