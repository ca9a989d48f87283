/** What the state machine asks first: when to check. Whole executions that begin so are in test/workflow/calls/first-check.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import { type BudgetStore, callBudget } from '../../lambdas/check-delivery/budget/call-budget.ts';
import {
  beginningOf,
  capacityOf,
  KORE_LIMITS,
  slotAt,
} from '../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { startsIn } from '../../lambdas/check-delivery/budget/starts.ts';
import { checkDelivery } from '../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../lambdas/check-delivery/environment.ts';
import type { CheckResult, Waiting } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';
import type { CampaignSizes } from '../../lambdas/check-delivery/rows/campaign-sizes.ts';
import { endedBetween, type Lesson } from '../../lambdas/check-delivery/schedule/life-table.ts';
import { lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import type { Log } from '../../lambdas/check-delivery/telemetry/log.ts';
import { budgetInMemory } from '../../testing/in-memory/budget-in-memory.ts';
import { deliveryLogInMemory } from '../../testing/in-memory/delivery-log-in-memory.ts';
import { finalEventsInMemory } from '../../testing/in-memory/final-events-in-memory.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const DEADLINE = 3_600;
const BOT = 'st-1';
const INPUT = { requestId: 'ds-1', streamId: BOT, campaignId: 'spring', correlationId: 'order-42' };
const CAPACITY = capacityOf(KORE_LIMITS);
const SETTINGS: CheckSettings = {
  apiScope: 'app-builder',
  schedule: { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 135 },
  deadlineSeconds: DEADLINE,
  notFoundGraceSeconds: 300,
  retentionDays: 90,
  tableArn: 'arn:table',
  capacity: CAPACITY,
};
const NEVER = new AbortController().signal;

interface Setup {
  readonly input?: unknown;
  /** As the state machine hands it over: the input, by default. */
  readonly state?: unknown;
  readonly store?: BudgetStore;
  readonly settings?: Partial<CheckSettings>;
  readonly secret?: () => never;
  /** Seconds since the start. */
  readonly elapsed?: number;
  readonly random?: number;
  /** The size of the campaign that the input names; nobody tracks it by default. */
  readonly sizeOf?: CampaignSizes['of'];
  /** Whether the function is asked for a check, not for a plan. */
  readonly checks?: boolean;
}

/** Nobody but the secret, the call budget and the size of the campaign may be asked; a check may write its end as well. */
async function ask({ input = INPUT, checks = false, elapsed = 0, random = 0, ...setup }: Setup = {}) {
  const store = setup.store ?? budgetInMemory(CAPACITY);
  const now = START + elapsed * 1000;
  const lines: object[] = [];
  const measured: unknown[] = [];
  const asked: string[] = [];
  const time = { now: () => now, random: () => random, sleep: async () => {} };
  const current = async () => {
    asked.push('secret');
    setup.secret?.();
    return { credentials: { clientId: 'cs' } as never, version: '1' };
  };
  const world = {
    ...time,
    budget: callBudget(store, CAPACITY, time),
    forecast: forecastFrom,
    campaignSizes: { of: setup.sizeOf ?? (async () => undefined) },
    accessTo: async () => ({
      quotaKeyOf: () => BOT,
      secret: { current, refetched: current },
      connect: async () => {
        asked.push('kore');
        throw new ObstacleError('KORE_UNREACHABLE', 'No connection.');
      },
    }),
    signToken: async () => 'token',
    deliveryLog: deliveryLogInMemory(),
    finalEvents: finalEventsInMemory(),
    log: logInto(lines),
    meter: { add: (...measurement: unknown[]) => void measured.push(measurement) },
  };
  const execution = { id: 'arn:ds-1', name: 'ds-1', startedAt: new Date(START).toISOString() };
  const { state = input } = setup;
  const payload = { execution, input, state, ...(!checks && { plans: true }) };
  const answer = (await checkDelivery(
    payload,
    { ...SETTINGS, ...setup.settings },
    world as never,
    NEVER,
  )) as CheckResult;
  const planned = answer as Waiting;
  return {
    answer,
    planned,
    /** When it is planned, in seconds since the start. */
    plannedAt: (Date.parse(planned.nextCheckAt) - START) / 1000,
    state: await store.read(BOT, now),
    ...{ lines, measured, asked, store },
  };
}

function logInto(lines: object[], about: object = {}): Log {
  const write = (message: string, fields: object) => void lines.push({ message, ...about, ...fields });
  return { info: write, warn: write, about: (fields) => logInto(lines, { ...about, ...fields }) };
}

const startsKnown = ({ starts }: BudgetState, elapsed = 0) =>
  startsIn(starts, START + elapsed * 1000).reduce((sum, { count }) => sum + count, 0);
const callsBooked = ({ bookings }: BudgetState) =>
  [...bookings.reserved.values()].reduce((sum, count) => sum + count, 0);

/** A budget that does as told, where it is told so. */
function budgetThat(changes: Partial<BudgetStore>): BudgetStore {
  return { ...budgetInMemory(CAPACITY), ...changes };
}
const isDown = async (): Promise<never> => {
  throw new Error('The table is away.');
};

/** A budget that has learnt from so many deliveries. */
async function budgetWith(count: number, lesson: (index: number) => Lesson): Promise<BudgetStore> {
  const store = budgetInMemory(CAPACITY);
  for (let index = 0; index < count; index += 1) {
    await store.learn(BOT, lesson(index), await store.read(BOT, START), START);
  }
  return store;
}

describe('the plan of a first check', () => {
  it('books its call, and counts the start', async () => {
    const { planned, state, plannedAt } = await ask();

    const { slot = 0, number } = planned.reservation ?? {};
    expect(state.bookings.reserved).toEqual(new Map([[slot, 1]]));
    expect(number).toBe(1);
    expect(startsKnown(state)).toBe(1);
    // It wakes in the slot whose call it has.
    expect(slotAt(START + plannedAt * 1000)).toBe(slot);
    expect(plannedAt).toBeGreaterThanOrEqual(SETTINGS.schedule.floorSeconds);
    expect(plannedAt).toBeLessThan(60);
  });

  it('answers as a check that waits, before which there was none', async () => {
    const { answer, planned, state } = await ask();

    expect(answer).toEqual({
      outcome: 'waiting',
      nextCheckAt: planned.nextCheckAt,
      request: INPUT,
      progress: {
        checks: 0,
        counts: { total: 0, delivered: 0, failed: 0 },
        channels: [],
        seenSeconds: 0,
      },
      reservation: planned.reservation,
      deadlineAt: '2026-01-01T01:00:00Z',
    });
    expect(state.lives).toEqual({ lived: [], ended: [] });
  });

  it('asks nothing of Kore, measures nothing, and is said in one line without the rest of the input', async () => {
    const input = { ...INPUT, recipients: 3, to: ['jane.doe@corp.example', '+49 170 1234567'] };
    const { asked, measured, lines, planned } = await ask({ input });

    expect(asked).toEqual(['secret']);
    expect(measured).toEqual([]);
    const { nextCheckAt } = planned;
    expect(lines).toEqual([{ message: 'planned', ...INPUT, nextCheckAt }]);
  });

  it('lets the first check use its call, which nobody else then can', async () => {
    const { store, planned, plannedAt } = await ask();
    const used: unknown[] = [];
    const spying = {
      ...store,
      spend: async (...args: Parameters<BudgetStore['spend']>) => {
        const spent = await store.spend(...args);
        used.push(spent === 'spent' ? 'refused' : args[1]);
        return spent;
      },
    };

    for (const _ of ['the first check', 'another with the same reservation']) {
      await ask({ checks: true, state: planned, elapsed: plannedAt, store: spying });
    }

    expect(used).toEqual([planned.reservation, 'refused']);
  });

  it('comes when deliveries of the bot end', async () => {
    const store = await budgetWith(300, (index) => endedBetween(0, 1_000, 96 + (index % 16)));

    const [known, unknown] = [await ask({ store }), await ask()];

    expect(unknown.plannedAt).toBeLessThan(60);
    expect(known.plannedAt).toBeGreaterThan(85);
    expect(known.plannedAt).toBeLessThan(120);
  });

  it('comes later where many others began at the same time', async () => {
    const store = await budgetWith(6_000, () => ({ lived: [], startedAt: START }));

    const [busy, idle] = [await ask({ store }), await ask()];

    expect(busy.plannedAt).toBeGreaterThan(idle.plannedAt + 10);
  });

  it('comes later where many of its campaign are still to come than where all have started', async () => {
    const plannedAtWith = async (notifications: number) => {
      const store = await budgetWith(300, () => ({ lived: [], startedAt: START - 30_000 }));
      const sizeOf = async () => ({ notifications, startedAt: START - 60_000 });
      return (await ask({ store, sizeOf })).plannedAt;
    };

    const [many, all, none] = [await plannedAtWith(20_000), await plannedAtWith(300), await plannedAtWith(0)];

    expect(many).toBeGreaterThan(all + 10);
    expect(many).toBeGreaterThan(none + 10);
  });

  it('that is far ahead books no call, and the start is counted all the same', async () => {
    const schedule = { ...SETTINGS.schedule, floorSeconds: 601, capSeconds: 700 };
    const near = { ...schedule, floorSeconds: 599 };

    const [far, within] = [
      await ask({ settings: { schedule } }),
      await ask({ settings: { schedule: near } }),
    ];

    expect(far.plannedAt).toBe(601);
    expect(far.planned).not.toHaveProperty('reservation');
    expect([callsBooked(far.state), startsKnown(far.state)]).toEqual([0, 1]);
    expect(within.planned).toHaveProperty('reservation');
    expect([callsBooked(within.state), startsKnown(within.state)]).toEqual([1, 1]);
  });

  it('comes at the last end at the latest, however far ahead a call is free, however late the plan', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          deadlineSeconds: fc.integer({ min: 1, max: 2_000 }),
          elapsed: fc.integer({ min: 0, max: 5_000_000 }).map((ms) => ms / 1000),
          fullSeconds: fc.integer({ min: 0, max: 5_000 }),
          floorSeconds: fc.integer({ min: 1, max: 1_000 }),
        }),
        async ({ deadlineSeconds, elapsed, fullSeconds, floorSeconds }) => {
          const [from, to] = [slotAt(START), slotAt(START + fullSeconds * 1000)];
          const slots = new Map<number, number>();
          for (let slot = from; slot < to; slot += 1) slots.set(slot, CAPACITY.callsInSlot);
          const empty = await budgetInMemory(CAPACITY).read(BOT, START);
          const full = { ...empty, bookings: { ...empty.bookings, slots } };
          const schedule = { ...SETTINGS.schedule, floorSeconds, capSeconds: 1_000 };

          const { plannedAt } = await ask({
            elapsed,
            settings: { deadlineSeconds, schedule },
            store: budgetThat({ read: async () => full }),
          });

          // Where the plan itself comes after the last end, or a moment before it, the check follows at once.
          expect(plannedAt).toBeLessThanOrEqual(Math.max(lastEnd(deadlineSeconds), elapsed) + 1);
        },
      ),
    );
  });

  it('repeated, as its answer was lost, costs a call and a start too many, and no more', async () => {
    const lost = await ask();
    const { planned, state, store } = await ask({ store: lost.store });

    expect(planned.progress).toEqual(lost.planned.progress);
    expect(planned.reservation).not.toEqual(lost.planned.reservation);
    expect([callsBooked(state), startsKnown(state)]).toEqual([2, 2]);
    const { slot = 0 } = planned.reservation ?? {};
    const checked = await ask({
      checks: true,
      state: planned,
      elapsed: beginningOf(slot) / 1000 - START / 1000,
      store,
    });
    expect(checked.asked).toContain('kore');
    expect(checked.answer).toMatchObject({ obstacle: 'KORE_UNREACHABLE', progress: { checks: 1 } });
  });
});

describe('a plan without all that it needs', () => {
  /** What every plan can promise. */
  function expectPlan({ answer, plannedAt, asked }: Awaited<ReturnType<typeof ask>>): void {
    expect(answer).toMatchObject({ outcome: 'waiting', request: INPUT, progress: { checks: 0 } });
    expect(answer).not.toHaveProperty('reservation');
    expect(answer).not.toHaveProperty('obstacle');
    expect(asked).toEqual(['secret']);
    expect(plannedAt).toBeGreaterThanOrEqual(SETTINGS.schedule.floorSeconds);
    expect(plannedAt).toBeLessThan(60);
  }
  const unreachable = { code: 'BUDGET_UNREACHABLE', requestId: 'ds-1', streamId: BOT };

  it.each([
    ['read', { floorSeconds: 5 }],
    ['book', { floorSeconds: 5 }],
    ['learn', { floorSeconds: 601 }],
  ] as const)('answers where the call budget cannot %s, and says so', async (method, { floorSeconds }) => {
    const schedule = { ...SETTINGS.schedule, floorSeconds, capSeconds: 700 };
    let fails = true;
    const store = budgetInMemory(CAPACITY);
    const failing = {
      ...store,
      [method]: async (...args: never[]) => {
        if (!fails) return (store[method] as (...args: never[]) => unknown)(...args);
        fails = false;
        return isDown();
      },
    };

    const asked = await ask({ store: failing as BudgetStore, settings: { schedule } });

    expect(asked.answer).toMatchObject({ outcome: 'waiting', request: INPUT, progress: { checks: 0 } });
    expect(asked.answer).not.toHaveProperty('reservation');
    expect(asked.lines).toMatchObject([unreachable, { message: 'planned' }]);
    expect(asked.measured).toEqual([['BudgetUnreachable', 1]]);
    expect(asked.plannedAt).toBeLessThanOrEqual(floorSeconds + 60);
  });

  it('answers where the secret, which may name the key, cannot be read; the first check tells of it', async () => {
    const asked = await ask({
      secret: () => {
        throw new ObstacleError('SECRET_UNREACHABLE', 'No secret.');
      },
    });

    expectPlan(asked);
    expect(asked.lines).toMatchObject([
      { message: 'obstacle', code: 'SECRET_UNREACHABLE', requestId: 'ds-1' },
      { message: 'planned' },
    ]);
    expect(asked.measured).toEqual([]);
    expect([callsBooked(asked.state), startsKnown(asked.state)]).toEqual([0, 0]);
  });

  it('answers and books where the size of its campaign cannot be read, and says so', async () => {
    const asked = await ask({ sizeOf: isDown });

    expect(asked.planned).toHaveProperty('reservation');
    expect(asked.plannedAt).toBe((await ask()).plannedAt);
    expect(asked.lines).toMatchObject([
      {
        message: 'size of the campaign unknown, going on without it',
        requestId: 'ds-1',
        campaignId: 'spring',
      },
      { message: 'planned' },
    ]);
    expect(asked.measured).toEqual([]);
  });

  it('answers where the key is paused, and books nothing', async () => {
    const empty = await budgetInMemory(CAPACITY).read(BOT, START);
    const paused = { ...empty, pausedAt: '2026-01-01T00:00:00Z' };
    const booked: unknown[] = [];
    const book: BudgetStore['book'] = async (_, booking) => {
      booked.push(booking);
      return 'full';
    };

    const asked = await ask({ store: budgetThat({ read: async () => paused, book }) });

    expectPlan(asked);
    expect(booked).toEqual([]);
    expect(asked.lines).toMatchObject([{ message: 'planned' }]);
  });

  it('answers where others always take the call that it wants', async () => {
    let times = 0;
    const book: BudgetStore['book'] = async () => {
      times += 1;
      return 'full';
    };

    const asked = await ask({ store: budgetThat({ book }) });

    expectPlan(asked);
    expect(times).toBe(3);
  });
});

describe('a plan for an input that is none', () => {
  const WITHOUT_BOT = { requestId: 'ds-1' };
  it.each([
    ['names no bot', WITHOUT_BOT],
    ['names no notification', { streamId: BOT }],
    ['is no object', 'ds-1'],
    ['is null', null],
    ['looks like a state', { outcome: 'waiting', request: INPUT, progress: { checks: 3 } }],
  ])('lets a check reject it at once, where it %s', async (_, input) => {
    const { planned, answer, asked, state, plannedAt, lines } = await ask({ input, elapsed: 0.4 });

    expect(answer).toEqual({ outcome: 'waiting', nextCheckAt: planned.nextCheckAt, request: input });
    expect(plannedAt).toBe(1);
    expect([...asked, ...lines]).toEqual([]);
    expect([callsBooked(state), startsKnown(state)]).toEqual([0, 0]);
    const handedOn = JSON.parse(JSON.stringify(planned));
    const checked = await ask({ checks: true, input, state: handedOn, elapsed: plannedAt });
    expect(checked.answer).toMatchObject({
      outcome: 'failed',
      detail: { data: { error: { code: 'INVALID_INPUT' } } },
    });
    expect(checked.measured).toContainEqual(['TrackingsFailed', 1]);
  });

  it('is not needed where the tracker has a bot for it', async () => {
    const { planned } = await ask({ input: WITHOUT_BOT, settings: { defaultStreamId: BOT } });

    expect(planned.request).toEqual({ ...WITHOUT_BOT, streamId: BOT });
    expect(planned).toHaveProperty('reservation');
  });
});
