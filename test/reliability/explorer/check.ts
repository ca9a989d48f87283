/** One run of the function: the project's own modules, each of whose requests is a call that the explorer answers. */
import { inspect } from 'node:util';
import { forecastFrom } from '../../../lambdas/check-delivery/budget/forecast.ts';
import { checkDelivery } from '../../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../../lambdas/check-delivery/environment.ts';
import type { CheckAnswer } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { VersionedCredentials } from '../../../lambdas/check-delivery/kore/access/secret.ts';
import type { StatusAnswer } from '../../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { outOfCallBudget } from '../../../lambdas/check-delivery/kore/status-api.ts';
import { type ObstacleCode, ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { RowWrite } from '../../../lambdas/check-delivery/rows/row-matching.ts';
import { saveLogs } from '../../../lambdas/check-delivery/rows/save-logs.ts';
import type { Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import type { World } from '../../../lambdas/check-delivery/world.ts';
import { settingsFrom } from '../../../lib/configuration/settings.ts';
import { capacity } from '../careless/invocation.ts';
import { type Answer, answerAt } from '../careless/kore.ts';
import { DEADLINE_SECONDS } from '../careless/plan.ts';
import { countedBudget } from './bookings.ts';
import type { EndPart, KorePart, LogPart } from './parts.ts';
import { READING, type Request, requestsOf } from './requests.ts';
import { type Ask, CallFailed, type Facts } from './run.ts';
import { type Attempt, CANARY, type Scenario, START } from './scenario.ts';

const settings: CheckSettings = {
  ...settingsFrom({}),
  deadlineSeconds: DEADLINE_SECONDS,
  tableArn: 'table',
  capacity,
};
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;

/** The function's process is gone. */
export class FunctionDied extends Error {}

export interface Circumstances {
  readonly ask: Ask;
  readonly facts: Facts;
  now(): number;
  /** Nothing goes wrong any more. */
  readonly isInPeace: boolean;
}

/** Rejects with FunctionDied. */
export function check(
  attempt: Attempt,
  { state, plans }: { readonly state: unknown; readonly plans: boolean },
  scenario: Scenario,
  circumstances: Circumstances,
): Promise<CheckAnswer> {
  const { promise: returned, resolve, reject } = Promise.withResolvers<CheckAnswer>();
  const { ask, facts, isInPeace } = circumstances;
  const request = requestsOf(ask, isInPeace, () => reject(new FunctionDied()));
  const world = worldOf(attempt, scenario, circumstances, request);
  const { arn, name, startedAt, input, announces } = attempt;
  const payload = { execution: { id: arn, name, startedAt }, input, state, announces, plans };
  checkDelivery(payload, settings, world, new AbortController().signal)
    .then(async (checked) => {
      if (holdsCanary(checked)) facts.wrong ??= 'the state of an execution has an address';
      await request({ place: 'returns', faults: ['process dies'] });
      resolve(checked);
    })
    .catch(reject);
  return returned;
}

export function holdsCanary(value: unknown): boolean {
  // JSON leaves out what an error says.
  return inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null }).includes(CANARY);
}

function worldOf(
  { letter }: Attempt,
  { course, plan }: Scenario,
  { facts, now }: Circumstances,
  request: Request,
): World {
  const answers = answersIn(facts);
  const log: Log = { info: say, warn: say, about: () => log };
  function say(...said: unknown[]): void {
    if (holdsCanary(said)) facts.wrong ??= 'the log has an address';
  }
  const time = { now, random: () => 0.5, sleep: async () => {} };
  const budget = countedBudget(request, time);
  const secret = () =>
    expected(
      'SECRET_UNREACHABLE',
      request<VersionedCredentials>({
        place: 'reads the secret',
        doing: () => ({ credentials, version: '1' }),
        faults: READING,
      }),
    );

  async function askKore(_token: string, goodUntil: number | undefined): Promise<StatusAnswer> {
    const askedAt = now();
    if (goodUntil !== undefined && askedAt > goodUntil) throw outOfCallBudget();
    if (!budget.isCounted()) facts.wrong ??= 'a call goes out that nobody counted';
    try {
      const moment = await request<number>({
        place: 'asks Kore',
        part: 'Kore',
        doing: (kore: KorePart) => kore.moment,
        faults: READING,
      });
      const { answer, entries } = answerAt(course, plan, moment);
      answers.push({ askedAt, readAt: START + moment * 1000, entries, isSafe: false });
      return answer;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      throw new ObstacleError('KORE_UNREACHABLE', 'lost');
    }
  }

  return {
    ...time,
    forecast: forecastFrom,
    campaignSizes: { of: async () => undefined },
    budget,
    accessTo: async (streamId) => ({
      quotaKeyOf: () => streamId ?? '',
      secret: { current: secret, refetched: secret },
      async connect() {
        await expected('KORE_UNREACHABLE', request({ place: 'connects to Kore', faults: READING }));
        return { ask: askKore, drop: () => {} };
      },
    }),
    signToken: async () => 'token',
    finalEvents: {
      record: (row: FinalEventRow) =>
        table(
          request({
            place: 'records its end',
            part: `end of ${letter}`,
            args: [row],
            doing: ({ finalEvents }: EndPart) => finalEvents.record(row),
          }),
        ),
    },
    deliveryLog: {
      async saveLogs(requestId, rows, signal, namesFailures) {
        const saved = await table(saveLogs(rows, rowsOf(requestId, signal, request), signal, namesFailures));
        const latest = answers.at(-1);
        if (latest !== undefined) latest.isSafe = true;
        return saved;
      },
      notReached: (requestId) =>
        table(
          request({
            place: 'reads the failures',
            part: 'rows',
            doing: ({ deliveryLog }: LogPart) => deliveryLog.notReached(requestId),
            faults: READING,
          }),
        ),
      saveSummary: (summary) =>
        table(
          request({
            place: 'writes the summary',
            part: 'summary',
            args: [summary],
            doing: ({ deliveryLog }: LogPart) => deliveryLog.saveSummary(summary),
          }),
        ),
    },
    log,
    meter: { add: () => {} },
  };
}

/** What Kore answered this execution. */
export function answersIn(facts: Facts): Answer[] {
  facts.answers ??= [];
  return facts.answers as Answer[];
}

function rowsOf(requestId: string, signal: AbortSignal, request: Request) {
  return {
    async *rows() {
      const doing = (part: LogPart) => part.content();
      yield* await request<never[]>({ place: 'reads the rows', part: 'rows', doing, faults: READING });
    },
    rememberBot: () => request<void>({ place: 'keeps the bot of a failure' }),
    put: (write: RowWrite) =>
      request<Awaited<ReturnType<ReturnType<LogPart['deliveryLog']['storeOf']>['put']>>>({
        place: `writes row ${write.row.logId}`,
        part: 'rows',
        args: [write],
        doing: ({ deliveryLog }: LogPart) => deliveryLog.storeOf(requestId).put(write, signal),
      }),
  };
}

const table = <T>(answer: Promise<T>) => expected('TABLE_UNREACHABLE', answer);

async function expected<T>(code: ObstacleCode, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    throw new ObstacleError(code, 'no', error);
  }
}
