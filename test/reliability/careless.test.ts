/** 10,000 notifications at once in a careless world, for a few seeds, or as many as `CARELESS_SEEDS` says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RowStore } from '../../lambdas/check-delivery/rows/save-logs.ts';
import { faultIn } from './careless/model.ts';
import type { Stores } from './careless/notification.ts';
import { anyNotification, type CarelessNotification } from './careless/plan.ts';
import { synthesisedStepFunctions } from './careless/step-functions.ts';
import { carelessWorld, goodStores } from './careless/world.ts';

const SEEDS = Array.from({ length: Number(process.env.CARELESS_SEEDS ?? 3) }, (_, i) => i + 1);
const stepFunctions = synthesisedStepFunctions();

async function faultsIn(notifications: readonly CarelessNotification[], stores?: Stores) {
  const all = await carelessWorld(notifications, stepFunctions, { ...(stores && { stores }) });
  return all.flatMap((tracked, index) => {
    const fault = faultIn(tracked);
    return fault === undefined ? [] : [{ fault, planned: notifications[index] as CarelessNotification }];
  });
}

it.each(SEEDS)(
  'each row is the newest, and each execution has one truth, for 10,000 notifications, seed %i',
  async (seed) => {
    const faults = await faultsIn(fc.sample(anyNotification, { seed, numRuns: 10_000 }));

    const [first] = faults;
    if (first !== undefined) await shrink(first.planned);
    expect(faults).toEqual([]);
  },
);

/** Fails with the least that goes wrong, where it goes wrong alone. */
async function shrink(planned: CarelessNotification): Promise<void> {
  const holds = async (notification: CarelessNotification) => {
    expect(await faultsIn([notification])).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(anyNotification, holds), { numRuns: 1, examples: [[planned]] });
}

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
};

/** As if each write were of an answer that was asked for at another time. */
function changedRows(store: RowStore, changed: (askedAt: number) => number): RowStore {
  return {
    ...store,
    put: ({ row, ...write }, signal) =>
      store.put({ ...write, row: { ...row, askedAt: changed(row.askedAt) } }, signal),
  };
}

describe('a world whose stores lack a condition', () => {
  it.each(Object.keys(CARELESS_STORES))('is found out: %s', async (words) => {
    const good = goodStores();
    const plan = fc.sample(anyNotification, { seed: 1, numRuns: 1_000 });

    const faults = await faultsIn(plan, { ...good, ...CARELESS_STORES[words]?.(good) });

    expect(faults.map(({ fault }) => fault).join('\n')).toContain(words);
  });
});
