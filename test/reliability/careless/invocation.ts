/** One run of the function: the project's own modules over the stores, where each request takes its time and may fail. */
import { type BudgetStore, callBudget } from '../../../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../../lambdas/check-delivery/budget/forecast.ts';
import { checkDelivery } from '../../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../../lambdas/check-delivery/environment.ts';
import type { CheckAnswer } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import type { World } from '../../../lambdas/check-delivery/world.ts';
import { settingsFrom } from '../../../lib/configuration/settings.ts';
import { carelessLog, obstacleError } from './delivery-log.ts';
import { type Answer, answerAt } from './kore.ts';
import type { CarelessCheck, Notification } from './notification.ts';
import { DEADLINE_SECONDS } from './plan.ts';
import { inProcess, type Process, type Request } from './process.ts';

export const capacity = capacityOf(KORE_LIMITS);
const settings: CheckSettings = {
  ...settingsFrom({}),
  deadlineSeconds: DEADLINE_SECONDS,
  tableArn: 'table',
  capacity,
};
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;
/** What a check keeps of its time for after the saving of rows. */
const RESERVED_MS = 15_000;

/** @throws FunctionError */
export function invoke(payload: unknown, notification: Notification): Promise<CheckAnswer> {
  return inProcess(notification, RESERVED_MS, (process) => check(payload, notification, process));
}

async function check(payload: unknown, notification: Notification, process: Process): Promise<CheckAnswer> {
  const { time, random, answers, stores, tellers } = notification;
  const { now, request, timeToWork } = process;
  const seen: CarelessCheck = { beganAt: time.now(), hasWarned: false };
  let latest: Answer | undefined;

  const world: World = {
    now,
    random: random.next,
    forecast: forecastFrom,
    campaignSizes: { of: async () => undefined },
    budget: callBudget(slowBudget(stores.budgetStore, request), capacity, {
      now,
      random: random.next,
      sleep: (milliseconds: number) => time.sleep(milliseconds),
    }),
    accessTo: async (streamId) => ({
      quotaKeyOf: () => streamId ?? '',
      secret: { current: secret, refetched: secret },
      connect: async () => ({
        async ask() {
          const { answer, ...asked } = await askKore(notification, process);
          latest = asked;
          answers.push(asked);
          return answer;
        },
        drop: () => {},
      }),
    }),
    signToken: async () => 'token',
    finalEvents: {
      record: (row) =>
        request('final event row', () => stores.finalEvents.record(row), obstacleError('TABLE_UNREACHABLE')),
    },
    deliveryLog: savingLog(carelessLog(notification, seen, request), () => latest),
    log: logWarning(() => {
      seen.hasWarned = true;
    }),
    meter: { add: () => {} },
  };
  const secret = () =>
    request('secret', () => ({ credentials, version: '1' }), obstacleError('SECRET_UNREACHABLE'));

  const answer = await checkDelivery(payload, settings, world, timeToWork);
  const result = answer.outcome === 'announcing' ? answer.then : answer;
  if (latest !== undefined && (result.outcome !== 'waiting' || result.obstacle === undefined)) {
    latest.isSafe = true;
  }
  if (result.outcome !== 'waiting') tellers.push(Object.assign(seen, { answer }));
  return answer;
}

async function askKore(
  { course, planned, sentAt, time }: Notification,
  { now, request }: Pick<Process, 'now' | 'request'>,
) {
  const askedAt = now();
  try {
    const answered = await request(
      'kore',
      () => {
        const readAt = time.now();
        return { ...answerAt(course, planned, (readAt - sentAt) / 1000), readAt };
      },
      (way) => new Error(way),
    );
    return { ...answered, askedAt, isSafe: false };
  } catch {
    throw new ObstacleError('KORE_UNREACHABLE', 'lost');
  }
}

/** What was saved of the latest answer must be in the table. */
function savingLog(log: World['deliveryLog'], latest: () => Answer | undefined): World['deliveryLog'] {
  return {
    ...log,
    async saveLogs(...logs) {
      const saved = await log.saveLogs(...logs);
      const answer = latest();
      if (answer !== undefined) answer.isSafe = true;
      return saved;
    },
  };
}

/** A log that hears of one warning only. */
function logWarning(warned: () => void): Log {
  const warn = (message: string) => {
    if (message === 'failures may not be announced') warned();
  };
  const log: Log = { info: () => {}, warn, about: () => log };
  return log;
}

function slowBudget(store: BudgetStore, request: Request): BudgetStore {
  const slow = <T>(effect: () => Promise<T>) => request('budget', effect, (way) => new Error(way));
  return {
    read: (bot, now) => slow(() => store.read(bot, now)),
    book: (bot, booking) => slow(() => store.book(bot, booking)),
    spend: (bot, reservation, now) => slow(() => store.spend(bot, reservation, now)),
    learn: (bot, lesson, state, now) => slow(() => store.learn(bot, lesson, state, now)),
  };
}
