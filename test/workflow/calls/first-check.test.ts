/** How an execution begins: the function plans the first check. And how it ends: publishing its event is its last transition. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadStateMachine, startExecution } from '../../../local/aws/state-machine.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { TaskError } from '../../../testing/faults/faulty-task.ts';
import { failing } from '../campaign/campaign-harness.ts';
import {
  deployment,
  entry,
  type Fields,
  koreThat,
  says,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';

const INPUT = { requestId: 'ds-1', streamId: 'st-1' };
const BEFORE = readFileSync(join(import.meta.dirname, '../../releases/0.1.0/definition.json'), 'utf8');

const unused = () => Promise.reject(new Error('not asked for'));

/** What a function is told that answers so, call by call; and when, in seconds from the start. */
async function told(...answers: (() => object)[]) {
  const clock = jumpingClock();
  const startedAt = clock.now();
  const payloads: Fields[] = [];
  const seconds: number[] = [];
  const { ended } = startExecution(
    loadStateMachine(deployment().stateMachine),
    { name: 'ds-1', input: INPUT },
    {
      invokeFunction: async (payload) => {
        payloads.push(payload as Fields);
        seconds.push((clock.now() - startedAt) / 1000);
        return answers[payloads.length - 1]?.();
      },
      putEvents: async () => ({}),
      ...{ updateItem: unused, putItem: unused },
    },
    clock,
  );
  return { end: await ended, payloads, seconds, startedAt };
}

const COMPLETE = {
  outcome: 'complete',
  detail: { metadata: { id: 'arn', version: '1' }, data: { requestId: 'ds-1' } },
  output: { outcome: 'complete', status: 'SUCCESS' },
};
const planned = () => ({
  outcome: 'waiting',
  nextCheckAt: new Date(Math.ceil(Date.now() / 1000) * 1000 + 40_000).toISOString(),
  request: INPUT,
  progress: { checks: 0 },
  reservation: { slot: 359_129_469, number: 2 },
});
const fails = (): never => {
  throw new TaskError('Lambda.TooManyRequestsException');
};

describe('an execution', () => {
  it('begins with the plan of the first check, which comes when the plan says, and with what it returned', async () => {
    const { end, payloads, seconds } = await told(planned, () => COMPLETE);

    const [plan, check] = payloads;
    expect(payloads).toHaveLength(2);
    expect(plan).toMatchObject({ plans: true, execution: { name: 'ds-1' }, input: INPUT, state: INPUT });
    expect(check).not.toHaveProperty('plans');
    expect(check).toMatchObject({ input: INPUT, state: { outcome: 'waiting', reservation: { number: 2 } } });
    expect(seconds[0]).toBeLessThan(5);
    expect(seconds[1]).toBeGreaterThanOrEqual(39);
    expect(end.states).toEqual([
      ...['Plan first check', 'Wait until next check'],
      ...['Check delivery', 'Delivery final?', 'Publish delivery complete'],
    ]);
    expect(end.output).toEqual(COMPLETE.output);
  });

  it('whose plan fails goes on with a check, as after a first check that failed', async () => {
    const { end, payloads, seconds } = await told(fails, () => COMPLETE);

    const [, check] = payloads;
    expect(check).not.toHaveProperty('plans');
    expect(check).toMatchObject({ input: INPUT, state: { outcome: 'waiting', request: INPUT, failures: 1 } });
    expect(check?.state).not.toHaveProperty('progress');
    expect(seconds[1]).toBeGreaterThanOrEqual(5);
    expect(seconds[1]).toBeLessThanOrEqual(17);
    expect(end.states).toEqual([
      ...['Plan first check', 'Check failed', 'Delivery final?', 'Wait until next check'],
      ...['Check delivery', 'Delivery final?', 'Publish delivery complete'],
    ]);
  });

  it('whose first check fails keeps what was planned', async () => {
    const { end, payloads } = await told(planned, fails, () => COMPLETE);

    expect(payloads[2]?.state).toMatchObject({ progress: { checks: 0 }, failures: 1 });
    expect(end).toMatchObject({ status: 'SUCCEEDED', output: COMPLETE.output });
  });
});

describe.each([1, 2, 5])('a delivery that is final at check %i', (checks) => {
  const track = async (setup: TrackingSetup = {}) =>
    trackAt(
      await koreThat((call, response) =>
        says(response, call < checks ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]),
      ),
      {
        input: INPUT,
        name: 'ds-1',
        ...setup,
      },
    );
  const before = () => ({
    ...deployment(),
    stateMachine: { ...deployment().stateMachine, definition: BEFORE },
  });

  it('takes three transitions for each check and two besides, as it did when the first wait was constant', async () => {
    const [now, then] = [await track(), await track({ deployment: before() })];

    for (const { end, detail } of [now, then]) {
      expect(detail.data.checks).toBe(checks);
      expect(end.states).toHaveLength(3 * checks + 2);
    }
    expect(now.end.output).toEqual(then.end.output);
    expect(now.end.output).toEqual({
      ...{ outcome: 'complete', status: 'SUCCESS' },
      counts: { total: 1, delivered: 1, failed: 0 },
    });
  });
});

it('the function itself goes on where its plan failed, and counts no check for it', async () => {
  const kore = await koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));

  const { checks, detail, end } = await trackAt(kore, {
    faults: failing('function', (arrival) => (arrival === 1 ? 'throttle' : undefined)),
  });

  expect(end).toMatchObject({ status: 'SUCCEEDED', errors: ['Lambda.TooManyRequestsException'] });
  expect(checks).toHaveLength(1);
  expect(detail.data).toMatchObject({ status: 'SUCCESS', checks: 1 });
});
