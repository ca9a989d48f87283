/** What goes wrong where stores and states lack one of their conditions is found by the model of the careless world. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RowStore } from '../../lambdas/check-delivery/rows/save-logs.ts';
import { faultIn } from './careless/model.ts';
import type { Stores } from './careless/notification.ts';
import { anyNotification } from './careless/plan.ts';
import { type StepFunctions, synthesisedStepFunctions } from './careless/step-functions.ts';
import { carelessWorld, goodStores } from './careless/world.ts';

/** Stores without one of their conditions. */
const CARELESS_STORES: Readonly<Record<string, (good: Stores) => Partial<Stores>>> = {
  'an old row': ({ deliveryLog }) => ({
    deliveryLog: {
      ...deliveryLog,
      storeOf: (requestId) => changedRows(deliveryLog.storeOf(requestId), (askedAt) => askedAt + 60_000),
    },
  }),
  'a row is there twice': ({ deliveryLog }) => ({
    deliveryLog: {
      ...deliveryLog,
      storeOf: (requestId) => ({
        ...deliveryLog.storeOf(requestId),
        put: (write, signal) => {
          const row = { ...write.row, logId: `${write.row.logId}~${write.row.askedAt}` };
          return deliveryLog.storeOf(requestId).put({ ...write, row }, signal);
        },
      }),
    },
  }),
  truths: ({ finalEvents }) => ({
    finalEvents: {
      ...finalEvents,
      async record(row) {
        await finalEvents.record(row);
        return row;
      },
    },
  }),
  'its summary says': ({ deliveryLog }) => {
    const summaries = new Map<string, unknown>();
    return {
      deliveryLog: {
        ...deliveryLog,
        saveSummary: async (summary) => void summaries.set(summary.requestId, summary),
        summaryOf: (requestId) => summaries.get(requestId) as never,
      },
    };
  },
  'a failure was not announced': ({ deliveryLog }) => ({
    deliveryLog: { ...deliveryLog, notReached: async () => [] },
  }),
};

/** States without one of their conditions. */
const CARELESS_STATES: Readonly<Record<string, (good: StepFunctions) => Partial<StepFunctions>>> = {
  'a failure was not announced': () => ({
    putOff: async (announcing) => (announcing as { then: unknown }).then,
  }),
  'it announces a failure twice': ({ checkFailed }) => ({
    checkFailed: async (states) => {
      const text = JSON.stringify(await checkFailed(states));
      return JSON.parse(text, (field, value) => (field === 'announced' ? undefined : value));
    },
  }),
};

/** As if each write were of an answer that was asked for at another time. */
function changedRows(store: RowStore, changed: (askedAt: number) => number): RowStore {
  return {
    ...store,
    put: ({ row, ...write }, signal) =>
      store.put({ ...write, row: { ...row, askedAt: changed(row.askedAt) } }, signal),
  };
}

const plan = fc.sample(anyNotification, { seed: 1, numRuns: 1_000 });
const stepFunctions = synthesisedStepFunctions();

it.each(Object.keys(CARELESS_STORES))('is found of stores: %s', async (words) => {
  const good = goodStores();
  const stores = { ...good, ...CARELESS_STORES[words]?.(good) };

  const tracked = await carelessWorld(plan, stepFunctions, { stores });

  expect(tracked.map((one) => faultIn(one) ?? '').join('\n')).toContain(words);
});

it.each(Object.keys(CARELESS_STATES))('is found of states: %s', async (words) => {
  const states = { ...stepFunctions, ...CARELESS_STATES[words]?.(stepFunctions) };

  const tracked = await carelessWorld(plan, states);

  expect(tracked.map((one) => faultIn(one) ?? '').join('\n')).toContain(words);
});
