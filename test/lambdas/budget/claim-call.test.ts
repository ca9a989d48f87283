import { describe, expect, it } from 'vitest';
import type { MetricName } from '../../../contract/metrics.ts';
import { budgetIn } from '../../../lambdas/check-delivery/budget/budget-table.ts';
import { type CallBudget, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import {
  claimCall,
  keepLesson,
  readBudget,
  reserveCall,
} from '../../../lambdas/check-delivery/budget/claim-call.ts';
import type { Fields, Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import type { Meter } from '../../../lambdas/check-delivery/telemetry/meter.ts';
import { clientAt } from '../client-at.ts';
import { budgetTable } from './budget-simulation.ts';
import { EMPTY_STATE } from './empty-state.ts';

const table = budgetTable();
const CAPACITY = capacityOf(KORE_LIMITS);
const NOW = Date.parse('2026-01-01T00:00:00Z');
const QUOTA = { quotaKey: 'st-1', state: EMPTY_STATE };
const LESSON = { lived: [{ age: 0, share: 1 }], startedAt: NOW };
const RESERVATION = { slot: 7, number: 3 };

/** A world with this budget, and what it logs. */
function worldWith(budget: CallBudget) {
  const warnings: Fields[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (message, fields) => warnings.push({ message, ...fields }),
    about: () => log,
  };
  const measured: MetricName[] = [];
  const meter: Meter = { add: (name) => measured.push(name) };
  return { budget, log, meter, warnings, measured };
}

/** A budget that grants and reserves, and notes what it was asked. */
function willing(granted = true) {
  const asked: unknown[][] = [];
  const budget: CallBudget = {
    async read(...args) {
      asked.push(['read', ...args]);
      return EMPTY_STATE;
    },
    async claim(...args) {
      asked.push(['claim', ...args]);
      return { granted, state: EMPTY_STATE };
    },
    async reserve(...args) {
      asked.push(['reserve', ...args]);
      return RESERVATION;
    },
    async learn(...args) {
      asked.push(['learn', ...args]);
    },
  };
  return { ...worldWith(budget), asked };
}

/** A budget whose every answer is this error. */
function failing(error: unknown) {
  const fail = () => Promise.reject(error);
  return worldWith({ read: fail, claim: fail, reserve: fail, learn: fail });
}

const awsError = (name: string) => Object.assign(new Error('st-1 of john.doe@example.com'), { name });
const warningOf = (error: string) => [
  { message: 'call budget unreachable, going on without it', code: 'BUDGET_UNREACHABLE', error },
];

/** A budget in a DynamoDB at this endpoint. */
function budgetAt(endpoint: string, tableName = table.name) {
  const client = clientAt(endpoint);
  const world = { now: () => NOW, random: () => 0, sleep: async () => undefined };
  return worldWith(callBudget(budgetIn(client, tableName, CAPACITY), CAPACITY, world));
}

describe('a budget that answers', () => {
  it.each([true, false])('is obeyed: granted %s', async (granted) => {
    const world = willing(granted);

    expect(await claimCall('st-1', RESERVATION, world)).toEqual({ granted, quota: QUOTA });
    expect(world.asked).toEqual([['claim', 'st-1', RESERVATION]]);
    expect(world.warnings).toEqual([]);
    expect(world.measured).toEqual([]);
  });

  it('is asked for the next call', async () => {
    const world = willing();

    expect(await reserveCall(QUOTA, NOW, LESSON, world)).toEqual(RESERVATION);
    expect(world.asked).toEqual([['reserve', 'st-1', NOW, EMPTY_STATE, LESSON]]);
  });

  it('is read', async () => {
    const world = willing();

    expect(await readBudget('st-1', world)).toEqual(QUOTA);
    expect(world.asked).toEqual([['read', 'st-1']]);
    expect(world.warnings).toEqual([]);
  });

  it('is taught', async () => {
    const world = willing();

    await keepLesson(QUOTA, LESSON, world);

    expect(world.asked).toEqual([['learn', 'st-1', LESSON, EMPTY_STATE]]);
  });
});

describe('a budget that was not reached before', () => {
  it('is not asked again by the same check', async () => {
    const world = willing();

    expect(await reserveCall(undefined, NOW, LESSON, world)).toBeUndefined();
    await keepLesson(undefined, LESSON, world);

    expect(world.asked).toEqual([]);
    expect(world.warnings).toEqual([]);
  });
});

describe('a budget that cannot be reached', () => {
  it.each(['ResourceNotFoundException', 'AccessDeniedException', 'TimeoutError', 'InternalServerError'])(
    'grants the call without a budget: %s',
    async (name) => {
      const world = failing(awsError(name));

      expect(await claimCall('st-1', RESERVATION, world)).toEqual({ granted: true });
      expect(world.warnings).toEqual(warningOf(name));
    },
  );

  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'ThrottledException',
  ])('refuses the call where the table is only crowded: %s', async (name) => {
    const world = failing(awsError(name));

    expect(await claimCall('st-1', RESERVATION, world)).toEqual({ granted: false });
    expect(world.warnings).toEqual(warningOf(name));
  });

  it.each([
    ['an error', awsError('AccessDeniedException'), 'AccessDeniedException'],
    ['a throttle', awsError('ThrottlingException'), 'ThrottlingException'],
    ['what is no error', 'gone', 'unknown error'],
  ])('reserves nothing, and does not throw: %s', async (_, error, name) => {
    const world = failing(error);

    expect(await reserveCall(QUOTA, NOW, LESSON, world)).toBeUndefined();
    expect(world.warnings).toEqual(warningOf(name));
  });

  it.each([awsError('AccessDeniedException'), awsError('ThrottlingException'), 'gone', undefined])(
    'says nothing of a quota key, and does not throw: %s',
    async (error) => {
      const world = failing(error);

      expect(await readBudget('st-1', world)).toBeUndefined();
      expect(world.warnings).toMatchObject([{ code: 'BUDGET_UNREACHABLE' }]);
    },
  );

  it.each([awsError('AccessDeniedException'), awsError('ThrottlingException'), 'gone', undefined])(
    'learns nothing, and does not throw: %s',
    async (error) => {
      const world = failing(error);

      await keepLesson(QUOTA, LESSON, world);

      expect(world.warnings).toMatchObject([{ code: 'BUDGET_UNREACHABLE' }]);
    },
  );

  it.each([awsError('AccessDeniedException'), awsError('ThrottlingException'), 'gone'])(
    'is measured once for each report: %s',
    async (error) => {
      const world = failing(error);

      await claimCall('st-1', RESERVATION, world);
      expect(world.measured).toEqual(['BudgetUnreachable']);
      await reserveCall(QUOTA, NOW, LESSON, world);
      await keepLesson(QUOTA, LESSON, world);
      await readBudget('st-1', world);

      expect(world.measured).toEqual(Array(4).fill('BudgetUnreachable'));
      expect(world.warnings).toHaveLength(4);
    },
  );

  it('does not tell the log more than the name of its error', async () => {
    const world = failing(awsError('AccessDeniedException'));

    await claimCall('st-1', RESERVATION, world);
    await reserveCall(QUOTA, NOW, LESSON, world);
    await keepLesson(QUOTA, LESSON, world);
    await readBudget('st-1', world);

    expect(JSON.stringify(world.warnings)).not.toContain('john.doe');
  });
});

describe('a DynamoDB', () => {
  it('that has the table is a budget', async () => {
    const world = budgetAt(table.server().endpoint);

    const { granted, quota } = await claimCall('st-claim', undefined, world);

    expect(granted).toBe(true);
    expect(await reserveCall(quota, NOW + 30_000, LESSON, world)).toMatchObject({ number: 1 });
    expect(world.warnings).toEqual([]);
  });

  it('that lacks the table lets checks go on', async () => {
    const world = budgetAt(table.server().endpoint, 'no-such-table');

    expect(await claimCall('st-1', undefined, world)).toEqual({ granted: true });
    expect(await reserveCall(QUOTA, NOW, LESSON, world)).toBeUndefined();
    await keepLesson(QUOTA, LESSON, world);
    expect(await readBudget('st-1', world)).toBeUndefined();
    expect(world.warnings).toEqual(Array(4).fill(warningOf('ResourceNotFoundException')[0]));
  });

  it('that nobody listens for lets checks go on', async () => {
    const world = budgetAt('http://127.0.0.1:1');

    expect(await claimCall('st-1', undefined, world)).toEqual({ granted: true });
    expect(await reserveCall(QUOTA, NOW, LESSON, world)).toBeUndefined();
    await keepLesson(QUOTA, LESSON, world);
    expect(await readBudget('st-1', world)).toBeUndefined();
    expect(world.warnings).toHaveLength(4);
    expect(world.warnings).toMatchObject(Array(4).fill({ code: 'BUDGET_UNREACHABLE' }));
  });
});
