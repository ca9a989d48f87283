/** Every order of the steps of two checks and a backstop, with up to two faults, over the project's own code. */
import { expect, it } from 'vitest';
import { synthesisedStepFunctions } from './careless/step-functions.ts';
import { everyOrder, explore, firstWrong } from './explorer/explore.ts';
import * as planted from './explorer/planted.ts';
import { type Stores, scenarioOf, type Variant } from './explorer/scenario.ts';
import { trackingWorld } from './explorer/world.ts';

const stepFunctions = synthesisedStepFunctions(() => 0);
const worldOf = (variant: Variant) => trackingWorld(scenarioOf(variant), stepFunctions);

const VARIANTS: Readonly<Record<string, Variant>> = {
  'the delivery has ended, and its logs change': { endsAtOnce: true },
  'the delivery ends meanwhile': {},
  'the delivery ends as the deadline passes': { atDeadline: true },
};
const OTHERS: Readonly<Record<string, Variant>> = {
  'the bookings do not know the reservation': { endsAtOnce: true, hasUnknownReservation: true },
  'failures are announced': { endsAtOnce: true, announces: true },
  'a first check is planned meanwhile': { endsAtOnce: true, plans: true },
};
const FAULTS = process.env.EXPLORER_FAULTS;
const SCOPES = [
  ...Object.keys(VARIANTS).map((name) => ({ name, logs: 1, mostFaults: 2 })),
  ...Object.keys(VARIANTS).map((name) => ({ name, logs: 2, mostFaults: 1 })),
  { name: 'the bookings do not know the reservation', logs: 1, mostFaults: 1 },
  { name: 'failures are announced', logs: 1, mostFaults: 1 },
  { name: 'a first check is planned meanwhile', logs: 1, mostFaults: 1 },
].map(({ mostFaults, ...scope }) => ({ ...scope, mostFaults: Number(FAULTS ?? mostFaults) }));

it.each(SCOPES)(
  'all holds in every order where $name, logs: $logs, faults: $mostFaults',
  async ({ name, logs, mostFaults }) => {
    const startedAt = performance.now();
    const world = await worldOf({ ...(VARIANTS[name] ?? OTHERS[name]), logs });

    const { wrong, states, steps, histories } = await explore(world, mostFaults);

    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const figures = { histories, states, steps, seconds };
    console.info(`${name}, logs: ${logs}, faults: ${mostFaults}: ${JSON.stringify(figures)}`);
    expect(wrong === undefined ? [] : await firstWrong(world, mostFaults)).toEqual([]);
  },
);

it.each(Object.keys(VARIANTS))('what is left out comes to the same where %s', async (name) => {
  const world = await worldOf({ ...VARIANTS[name], logs: 1 });

  const all = await explore(world, 1, everyOrder);
  const tried = await explore(world, 1);

  console.info(`${name}: ${tried.histories} histories for ${all.histories}`);
  expect([...tried.ends].sort()).toEqual([...all.ends].sort());
  expect(tried.histories).toBeLessThan(all.histories / 1_000_000);
});

interface Planted {
  readonly stores: Partial<Stores>;
  readonly words: string;
  readonly turns: number;
  readonly announces?: boolean;
}

const PLANTED: Readonly<Record<string, Planted>> = {
  'two truths': { stores: { finalEvents: planted.lastEndWins }, words: 'it tells 2 truths', turns: 4 },
  'an older version over a newer one': {
    stores: { deliveryLog: planted.lastVersionWins },
    words: 'an old row',
    turns: 5,
  },
  'a call that nobody counted': {
    stores: { budgetStore: planted.anyReservationIsSpent },
    words: 'a reservation is spent that nobody made',
    turns: 1,
  },
  'a lost summary': {
    stores: { deliveryLog: planted.lastSummaryWins },
    words: 'its summary says failed, the best of failed,complete',
    turns: 4,
  },
  'an address in a summary': {
    stores: { deliveryLog: planted.summaryNamesRecipients },
    words: 'an address is outside the table',
    turns: 4,
  },
  'a backstop that contradicts': {
    stores: { finalEvents: planted.backstopGoesByItsOwnEnd },
    words: 'it tells 2 truths',
    turns: 5,
  },
  'a failure that nobody announced': {
    stores: { deliveryLog: planted.failuresAreDenied },
    words: 'a failure was not announced',
    turns: 4,
    announces: true,
  },
};

it.each(Object.keys(PLANTED))('finds %s, and the shortest way to it', async (name) => {
  const { stores, words, turns, announces = false } = PLANTED[name] as Planted;
  const world = await worldOf({
    endsAtOnce: true,
    logs: 1,
    hasUnknownReservation: 'budgetStore' in stores,
    announces,
    stores,
  });

  const history = (await firstWrong(world, 2)) ?? [];

  expect(history.at(-1)).toContain(words);
  expect(history.length - 1).toBeLessThanOrEqual(turns);
});
