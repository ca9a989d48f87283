import { expect, it } from 'vitest';
import { loadStateMachine, startExecution } from '../../local/aws/state-machine.ts';
import { type Clock, jumpingClock } from '../../local/clock.ts';
import { deployment } from '../workflow/tracking-harness.ts';

const HOUR_MS = 3_600_000;
/** Seconds that a clock has jumped since `from`; what the machine itself took is none. */
const hoursSince = (from: number, clock: Clock) => Math.round((clock.now() - from) / HOUR_MS);

it('jumps to the first that wakes once all sleep', async () => {
  const clock = jumpingClock();
  const from = clock.now();
  clock.begin();
  clock.begin();

  const late = clock.sleepUntil(from + 5 * HOUR_MS);
  expect(hoursSince(from, clock)).toBe(0);
  await clock.sleepUntil(from + 2 * HOUR_MS);
  expect(hoursSince(from, clock)).toBe(2);
  clock.end();
  await late;

  expect(hoursSince(from, clock)).toBe(5);
});

it('forgets a sleeper who is stopped, and does not jump for it while another is awake', async () => {
  const clock = jumpingClock();
  const from = clock.now();
  const stopped = new AbortController();
  clock.begin();
  clock.begin();
  const sleep = clock.sleepUntil(from + HOUR_MS, stopped.signal);

  stopped.abort();
  clock.end();

  await expect(sleep).rejects.toThrow();
  expect(hoursSince(from, clock)).toBe(0);
  await clock.sleepUntil(from + 3 * HOUR_MS);
  expect(hoursSince(from, clock)).toBe(3);
});

it('lets nobody sleep who was stopped before', async () => {
  const clock = jumpingClock();
  clock.begin();

  await expect(clock.sleepUntil(clock.now() + HOUR_MS, AbortSignal.abort())).rejects.toThrow();
});

it('runs no check of an execution that was stopped in its sleep', async () => {
  const clock = jumpingClock();
  const from = clock.now();
  let checks = 0;
  const handlers = {
    invokeFunction: async () => {
      checks += 1;
      return { outcome: 'complete', detail: {}, output: {} };
    },
    putEvents: async () => ({}),
    updateItem: async () => ({}),
    putItem: async () => ({}),
  };
  const asleep = Promise.withResolvers<void>();
  const watched: Clock = {
    ...clock,
    sleepUntil(...args) {
      const sleep = clock.sleepUntil(...args);
      asleep.resolve();
      return sleep;
    },
  };
  // Another execution, which is awake for now.
  clock.begin();
  const execution = startExecution(
    loadStateMachine(deployment().stateMachine),
    { name: 'ds-1', input: {} },
    handlers,
    watched,
  );
  await asleep.promise;

  execution.stop();

  expect(await execution.ended).toMatchObject({ status: 'ABORTED' });
  await clock.sleepUntil(from + HOUR_MS);
  expect(checks).toBe(0);
});
