/** One run of the function: the project's own modules over the stores, where each request takes its time and may fail. */
import { type BudgetStore, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { checkDelivery } from '../../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../../lambdas/check-delivery/environment.ts';
import type { CheckResult } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import { saveLogs } from '../../../lambdas/check-delivery/rows/save-logs.ts';
import type { Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import type { World } from '../../../lambdas/check-delivery/world.ts';
import { settingsFrom } from '../../../lib/configuration/settings.ts';
import { type Answer, answerAt } from './kore.ts';
import type { Notification } from './notification.ts';
import { type CarelessPlace, type CarelessWay, DEADLINE_SECONDS } from './plan.ts';

export const capacity = capacityOf(KORE_LIMITS);
const settings: CheckSettings = {
  ...settingsFrom({}),
  deadlineSeconds: DEADLINE_SECONDS,
  tableArn: 'table',
  capacity,
};
export const FIRST_CHECK_SECONDS = 5;
const SILENT: Log = { info: () => {}, warn: () => {}, about: () => SILENT };
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;
/** Lambda's time limit, and what a check keeps of it for after the saving of rows. */
const TIME_LIMIT_MS = 60_000;
const RESERVED_MS = 15_000;
const MOST_SKEW_MS = 1_000;

/** The function's process is gone, or Lambda has no answer of it. */
export class FunctionError extends Error {}

/** @throws FunctionError */
export function invoke(payload: unknown, notification: Notification): Promise<CheckResult> {
  const { time, random, faults } = notification;
  const { promise: result, resolve, reject } = Promise.withResolvers<CheckResult>();
  const skew = Math.round(random.between(-MOST_SKEW_MS, MOST_SKEW_MS));
  const savingTime = new AbortController();
  let isDead = false;
  let isDone = false;
  let latest: Answer | undefined;

  const die = (): Promise<never> => {
    isDead = true;
    reject(new FunctionError('Runtime.ExitError'));
    return new Promise(() => {});
  };
  const pause = async () => {
    await time.sleep(latency());
    // What a process that is gone had asked for may still happen; it hears of nothing.
    if (isDead) await new Promise(() => {});
  };
  const latency = () => {
    if (random.chance(0.95)) return random.between(1, 60);
    return random.chance(0.8) ? random.between(60, 2_000) : random.between(2_000, 9_000);
  };
  async function request<T>(
    place: CarelessPlace,
    effect: () => T | Promise<T>,
    fail: (way: CarelessWay) => Error,
  ): Promise<T> {
    const way = savingTime.signal.aborted && place === 'row written' ? 'error' : faults.arrive(place);
    await pause();
    if (way === 'crash before') return die();
    if (way === 'error') throw fail(way);
    if (way === 'late') {
      void time.sleep(random.upTo(10_000)).then(effect);
      throw fail(way);
    }
    const answer = await effect();
    if (way === 'crash after') return die();
    await pause();
    if (way === 'answer lost') throw fail(way);
    return answer;
  }

  const tableError = obstacleError('TABLE_UNREACHABLE');
  const world: World = {
    now: () => Math.floor(time.now()) + skew,
    random: random.next,
    budget: callBudget(slowBudget(notification.stores.budgetStore, request), capacity, {
      now: () => Math.floor(time.now()) + skew,
      random: random.next,
      sleep: (milliseconds: number) => time.sleep(milliseconds),
    }),
    quotaKeyOf: (streamId) => streamId ?? '',
    secretOf: () => ({ current: secret, refetched: secret }),
    signToken: async () => 'token',
    connectToKore: async () => ({
      async ask() {
        const askedAt = world.now();
        try {
          const { answer, entries, readAt } = await request(
            'kore',
            () => {
              const readAt = time.now();
              const seconds = (readAt - notification.sentAt) / 1000;
              return { ...answerAt(notification.course, notification.planned, seconds), readAt };
            },
            (way) => new Error(way),
          );
          latest = { askedAt, readAt, entries, isSafe: false };
          notification.answers.push(latest);
          return answer;
        } catch {
          throw new ObstacleError('KORE_UNREACHABLE', 'lost');
        }
      },
      drop: () => {},
    }),
    finalEvents: {
      record: (row) =>
        request('final event row', () => notification.stores.finalEvents.record(row), tableError),
    },
    deliveryLog: {
      async saveLogs(requestId, rows, signal) {
        const { deliveryLog } = notification.stores;
        const fail = (way: CarelessWay) =>
          signal.aborted ? new ObstacleError('LOGS_NOT_SAVED', way) : tableError(way);
        const saved = await saveLogs(
          rows,
          {
            async *rows() {
              yield* await request('rows read', () => deliveryLog.rowsOf(requestId), fail);
            },
            rememberBot: async () => {},
            put: (write) =>
              request('row written', () => deliveryLog.storeOf(requestId).put(write, signal), fail),
          },
          signal,
        );
        if (latest !== undefined) latest.isSafe = true;
        return saved;
      },
      saveSummary: (summary) =>
        request('summary', () => notification.stores.deliveryLog.saveSummary(summary), tableError),
    },
    log: SILENT,
    meter: { add: () => {} },
  };
  const secret = () =>
    request('secret', () => ({ credentials, version: '1' }), obstacleError('SECRET_UNREACHABLE'));

  void time.sleep(TIME_LIMIT_MS - RESERVED_MS).then(() => savingTime.abort(new Error('no time left')));
  void time.sleep(TIME_LIMIT_MS).then(() => isDone || isDead || die());
  checkDelivery(payload, settings, world, savingTime.signal).then((checked) => {
    if (latest !== undefined && (checked.outcome !== 'waiting' || checked.obstacle === undefined)) {
      latest.isSafe = true;
    }
    isDone = true;
    resolve(checked);
  }, reject);
  return result;
}

function obstacleError(code: 'SECRET_UNREACHABLE' | 'TABLE_UNREACHABLE') {
  return (way: CarelessWay) => new ObstacleError(code, way);
}

type Request = <T>(
  place: CarelessPlace,
  effect: () => T | Promise<T>,
  fail: (way: CarelessWay) => Error,
) => Promise<T>;

function slowBudget(store: BudgetStore, request: Request): BudgetStore {
  const slow = <T>(effect: () => Promise<T>) => request('budget', effect, (way) => new Error(way));
  return {
    read: (bot, now) => slow(() => store.read(bot, now)),
    book: (bot, booking) => slow(() => store.book(bot, booking)),
    spend: (bot, reservation, now) => slow(() => store.spend(bot, reservation, now)),
    learn: (bot, lesson, state, now) => slow(() => store.learn(bot, lesson, state, now)),
  };
}
