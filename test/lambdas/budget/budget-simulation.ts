/** Trackings of one bot that share a call budget, on a clock of the test's own, with all that goes wrong on the way. */
import { afterAll, beforeAll, inject } from 'vitest';
import type { Reservation } from '../../../lambdas/check-delivery/budget/bookings.ts';
import { budgetIn } from '../../../lambdas/check-delivery/budget/budget-table.ts';
import {
  type BudgetStore,
  type BudgetTime,
  callBudget,
  wakingTime,
} from '../../../lambdas/check-delivery/budget/call-budget.ts';
import {
  beginningOf,
  type CallLimits,
  type Capacity,
  capacityOf,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { type Lesson, stillUnderWay } from '../../../lambdas/check-delivery/schedule/life-table.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { budgetInMemory } from '../../../testing/in-memory/budget-in-memory.ts';

/** A DynamoDB with the table of call budgets as it is deployed, from before the tests of a file until after them. */
export function budgetTable() {
  const { budgetTable: table } = readDeployment(inject('assembly'), 'DeliveryTracker');
  let server: TableServer;
  beforeAll(async () => {
    server = await tableServer(table);
  });
  afterAll(() => server.close());
  return {
    name: table.name,
    server: () => server,
    budgetStore: (capacity: Capacity) => budgetIn(server.client, table.name, capacity),
  };
}

/** What must hold in either store, as rows of `describe.each`. */
export const storesOf = (table: ReturnType<typeof budgetTable>) => [
  { place: 'DynamoDB', budgetStore: table.budgetStore, isFast: false },
  { place: 'memory', budgetStore: budgetInMemory, isFast: true },
];

let bots = 0;
/** A bot of the test's own, in the table that all tests share. */
export function newBot(): string {
  bots += 1;
  return `st-${bots}`;
}

export interface Campaign {
  readonly limits: CallLimits;
  readonly trackings: number;
  /** All trackings start within this many seconds; 0 is all at once. */
  readonly arrivalSeconds: number;
  /** Share of the wakes that come too late for their reservation. */
  readonly lateShare: number;
  /** Share of the checks that crash, at any point. */
  readonly crashShare: number;
  /** Share of the states that are delivered two or three times. */
  readonly repeatShare: number;
  readonly seed: number;
}

/** What Kore and the store have seen. */
export interface Record {
  /** When Kore counted each call: true time, in milliseconds. */
  readonly calls: number[];
  /** Every reservation that was granted. */
  readonly reserved: string[];
  /** How often each reservation was used, of those that somebody tried to use. */
  readonly uses: Map<string, number>;
  /** Reservations that were refused to an owner who came alone and on time. */
  readonly lost: string[];
  /** Calls of each tracking. */
  readonly callsOf: number[];
  /** Calls that each tracking needed. */
  readonly needed: number[];
  /** Seconds from the start of the campaign to its last check. */
  readonly seconds: number;
}

/** A state machine's wait that ends with one or more invocations of the function. */
interface Wake {
  readonly at: number;
  readonly tracking: number;
  readonly progress: State;
}

interface State {
  readonly reservation?: Reservation | undefined;
  /** How often it is delivered or was. */
  deliveries: number;
  /** The state machine takes the first answer and drops the others. */
  isAnswered: boolean;
}

const MOST_SKEW_MS = 1_000;
const LATEST_IN_TIME_MS = 8_000;
const MOST_TRANSIT_MS = 5_000;
/** Those who wake within this time of each other run at once. */
const SAME_MOMENT_MS = 1_000;
const MOST_CALLS_NEEDED = 4;

/** Runs a campaign until every tracking has ended, or the time that it should have taken at most is over. */
export async function run(campaign: Campaign, store: BudgetStore, bot: string): Promise<Record> {
  const random = randomFrom(campaign.seed);
  const between = (from: number, to: number) => from + random() * (to - from);
  const start = Date.parse('2026-01-01T00:00:00Z') + Math.floor(between(0, 7_200_000));
  const capacity = capacityOf(campaign.limits);
  const needed = Array.from({ length: campaign.trackings }, () => Math.ceil(between(0, MOST_CALLS_NEEDED)));
  const record = {
    calls: [] as number[],
    reserved: [] as string[],
    uses: new Map<string, number>(),
    lost: [] as string[],
    callsOf: needed.map(() => 0),
    needed,
  };
  const patience = longestSeconds(campaign, needed) * 1000;
  let wakes: Wake[] = [];
  let end = start;

  function wakeAt(time: number, tracking: number, reservation?: Reservation): void {
    const at = Math.ceil(time / 1000) * 1000 + lateness();
    const repeats = random() < campaign.repeatShare ? Math.ceil(between(0, 2)) : 0;
    const progress: State = { reservation, deliveries: 1 + repeats, isAnswered: false };
    wakes.push({ at, tracking, progress });
    for (let i = 0; i < repeats; i += 1) {
      wakes.push({ at: at + (random() < 0.5 ? 0 : between(0, 10_000)), tracking, progress });
    }
  }

  /** What a check teaches: that the tracking began, or is still under way. */
  function lessonOf(tracking: number, now: number): Lesson {
    const calls = record.callsOf[tracking] ?? 0;
    return calls === 0 ? { lived: [], startedAt: now } : stillUnderWay(60 * (calls - 1), 60 * calls);
  }

  function lateness(): number {
    if (random() < campaign.lateShare) return between(LATEST_IN_TIME_MS, 3 * LATEST_IN_TIME_MS);
    return random() < 0.5 ? between(0, 1_000) : between(0, LATEST_IN_TIME_MS);
  }

  async function check(wake: Wake): Promise<void> {
    const { tracking, progress } = wake;
    let time = wake.at;
    const skew = between(-MOST_SKEW_MS, MOST_SKEW_MS);
    const world: BudgetTime = {
      now: () => time + skew,
      random,
      sleep: async (ms) => {
        time += ms;
      },
    };
    const slow = slowed(store, async () => {
      time += random() < 0.03 ? between(0, 5_000) : between(0, 100);
      for (let turns = Math.floor(between(0, 4)); turns > 0; turns -= 1) await undefined;
    });
    const budget = callBudget(recorded(slow, record.uses), capacity, world);
    const isCrash = () => random() < campaign.crashShare / 2;
    const again = () => wakes.push({ ...wake, at: time + between(1_000, 5_000) });

    const wokeAt = world.now();
    const { granted, goodUntil = 0, state } = await budget.claim(bot, progress.reservation);
    if (!granted && isOnTime(progress, wokeAt, world.now())) record.lost.push(nameOf(progress.reservation));
    if (isCrash()) {
      progress.deliveries += 1;
      again();
      return;
    }
    // The process may stall before it writes.
    if (random() < 0.05) time += between(0, 12_000);
    if (granted && world.now() <= goodUntil) {
      record.calls.push(time + between(0, MOST_TRANSIT_MS));
      record.callsOf[tracking] = (record.callsOf[tracking] ?? 0) + 1;
    }
    end = Math.max(end, time);
    if (progress.isAnswered) return;
    if ((record.callsOf[tracking] ?? 0) >= (needed[tracking] ?? 0)) {
      progress.isAnswered = true;
      return;
    }

    const wish = world.now() + between(5_000, 135_000);
    const reservation = await budget.reserve(bot, wish, state, lessonOf(tracking, world.now()));
    if (reservation !== undefined) record.reserved.push(nameOf(reservation));
    if (isCrash()) {
      progress.deliveries += 1;
      again();
      return;
    }
    if (progress.isAnswered) return;
    progress.isAnswered = true;
    const wakeUp = reservation === undefined ? wish : wakingTime(reservation, wish);
    wakeAt(Math.max(time, wakeUp), tracking, reservation);
  }

  for (let tracking = 0; tracking < campaign.trackings; tracking += 1) {
    wakeAt(start + between(0, campaign.arrivalSeconds * 1000), tracking);
  }
  while (wakes.length > 0) {
    const first = Math.min(...wakes.map(({ at }) => at));
    if (first > start + patience) break;
    const due = wakes.filter(({ at }) => at <= first + SAME_MOMENT_MS);
    wakes = wakes.filter(({ at }) => at > first + SAME_MOMENT_MS);
    await Promise.all(due.map(check));
  }
  return { ...record, seconds: (end - start) / 1000 };
}

/** Whether the owner of a reservation came alone, not much too early, and was not late even when the claim was done. */
function isOnTime({ reservation, deliveries }: State, from: number, to: number): boolean {
  if (reservation === undefined || deliveries > 1) return false;
  const beginning = beginningOf(reservation.slot);
  return from >= beginning - 2_000 && to <= beginning + LATEST_IN_TIME_MS;
}

/**
 * Seconds that a campaign may take: as long as the long window needs for three times the calls, because some wakes come
 * too late, some crash and some are refused, and once more for what the first hour leaves over.
 */
function longestSeconds({ limits, arrivalSeconds }: Campaign, needed: readonly number[]): number {
  const calls = needed.reduce((sum, count) => sum + count, 0);
  return arrivalSeconds + limits.long.seconds * (2 + (3 * calls) / limits.long.calls);
}

/** The most calls that Kore counted in any closed window. */
export function mostIn(seconds: number, calls: readonly number[]): number {
  const sorted = calls.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [last, time] of sorted.entries()) {
    while ((sorted[first] ?? time) < time - seconds * 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

export function nameOf(reservation: Reservation | undefined): string {
  return `${reservation?.slot}/${reservation?.number}`;
}

/** A store that takes its time before and after each request. */
function slowed(store: BudgetStore, pass: () => Promise<void>): BudgetStore {
  const slow =
    <A extends unknown[], R>(request: (...args: A) => Promise<R>) =>
    async (...args: A) => {
      await pass();
      const answer = await request(...args);
      await pass();
      return answer;
    };
  return {
    read: slow(store.read),
    book: slow(store.book),
    spend: slow(store.spend),
    learn: slow(store.learn),
  };
}

/** A store that notes how often each reservation is used. */
function recorded(store: BudgetStore, uses: Map<string, number>): BudgetStore {
  return {
    ...store,
    async spend(bot, reservation, now) {
      const answer = await store.spend(bot, reservation, now);
      const name = nameOf(reservation);
      uses.set(name, (uses.get(name) ?? 0) + (answer === 'spent' ? 0 : 1));
      return answer;
    },
  };
}

/** Numbers from 0 up to 1, always the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
