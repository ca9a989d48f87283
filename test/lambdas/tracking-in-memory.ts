/** A tracking in memory, check by check: what it returns, writes, logs, measures, wishes and learns. */

import type { Summary } from '../../contract/delivery-log-row.ts';
import type { RecipientsNotReachedDetail } from '../../contract/event/recipients-not-reached.ts';
import type { BudgetState } from '../../lambdas/check-delivery/budget/budget-state.ts';
import { capacityOf, KORE_LIMITS, slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { checkDelivery } from '../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../lambdas/check-delivery/environment.ts';
import type {
  CheckAnswer,
  CheckResult,
  Waiting,
} from '../../lambdas/check-delivery/invocation/invocation.ts';
import type { StatusWord } from '../../lambdas/check-delivery/kore/words/status-word.ts';
import { ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';
import type { Lesson } from '../../lambdas/check-delivery/schedule/life-table.ts';
import type { Log } from '../../lambdas/check-delivery/telemetry/log.ts';
import { answerOf, type CannedAnswer } from '../../testing/in-memory/canned-answer.ts';
import { deliveryLogInMemory } from '../../testing/in-memory/delivery-log-in-memory.ts';
import { finalEventsInMemory } from '../../testing/in-memory/final-events-in-memory.ts';
import { EMPTY_STATE } from './budget/empty-state.ts';
import type { Access, Setup } from './tracking-setup.ts';

export const START = Date.parse('2026-01-01T00:00:00Z');
export const DEADLINE = 3_600;
const SETTINGS: CheckSettings = {
  apiScope: 'app-builder',
  schedule: { floorSeconds: 5, checkWorthSeconds: 4, capSeconds: 600 },
  deadlineSeconds: DEADLINE,
  notFoundGraceSeconds: 300,
  retentionDays: 90,
  tableArn: 'arn:table',
  capacity: capacityOf(KORE_LIMITS),
};
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;

export interface Line {
  readonly message: string;
  readonly [field: string]: unknown;
}

export async function trackInMemory(setup: Setup) {
  const { input = { requestId: 'ds-1', streamId: 'st-1', recipients: 3 }, fails = () => false } = setup;
  const seen = {
    /** What each check returned, or went on by after its announcement. */
    results: [] as CheckResult[],
    /** The announcements that were published. */
    announced: [] as RecipientsNotReachedDetail[],
    /** When each check ran, in seconds. */
    times: [] as number[],
    calls: 0,
    lines: [] as Line[],
    measured: [] as [string, number][],
    /** For when calls were wished, in seconds. */
    wishes: [] as number[],
    lessons: [] as (Lesson | undefined)[],
    ends: [] as Lesson[],
    summaries: [] as Summary[],
    /** How often logs were compared with the table. */
    saved: 0,
    /** How often failures were read from it. */
    read: 0,
  };
  let now = START + (setup.firstAt ?? 35) * 1000;
  const rows = setup.deliveryLog ?? deliveryLogInMemory();
  const finalEvents = finalEventsInMemory();
  if (setup.recorded !== undefined) await finalEvents.record(setup.recorded);
  const times = { summary: 0, row: 0, failures: 0 };
  const may = (what: Access) => {
    times[what] += 1;
    if (fails(what, times[what])) throw new ObstacleError('TABLE_UNREACHABLE', 'The table is away.');
  };
  const secret = async () => ({ credentials, version: '1' });
  const unreadable = async () => {
    throw new ObstacleError('SECRET_UNREACHABLE', 'No secret.');
  };
  const world = {
    now() {
      now += setup.lookTakesMs ?? 0;
      return now;
    },
    random: () => setup.random ?? 0,
    forecast: forecastFrom,
    campaignSizes: { of: setup.sizeOf ?? (async () => undefined) },
    budget: {
      read: async () => setup.claim?.state ?? EMPTY_STATE,
      claim: async () => setup.claim ?? { granted: true, state: EMPTY_STATE },
      reserve: async (_: string, wishedAt: number, __: BudgetState, lesson?: Lesson) => {
        seen.wishes.push((wishedAt - START) / 1000);
        seen.lessons.push(lesson);
        return setup.reserve === undefined ? { slot: slotAt(wishedAt), number: 3 } : setup.reserve();
      },
      learn: async (_: string, lesson: Lesson) => void seen.ends.push(lesson),
    },
    accessTo: async () => ({
      quotaKeyOf: () => 'st-1',
      secret: { current: secret, refetched: setup.isSecretReadable === false ? unreadable : secret },
      connect: async () => {
        if (setup.isConnected === false) throw new ObstacleError('KORE_UNREACHABLE', 'No connection.');
        return {
          async ask() {
            seen.calls += 1;
            return answerOf(setup.answer(seen.calls, (now - START) / 1000));
          },
          drop: () => {},
        };
      },
    }),
    signToken: async () => 'token',
    finalEvents: {
      record: async (row: Parameters<typeof finalEvents.record>[0]) => {
        may('row');
        return finalEvents.record(row);
      },
    },
    deliveryLog: {
      async saveLogs(...args: Parameters<typeof rows.saveLogs>) {
        seen.saved += 1;
        return rows.saveLogs(...args);
      },
      async notReached(requestId: string) {
        seen.read += 1;
        may('failures');
        return rows.notReached(requestId);
      },
      saveSummary: async (summary: Summary) => {
        may('summary');
        seen.summaries.push(summary);
      },
    },
    log: logInto(seen.lines),
    meter: { add: (name: string, value: number) => void seen.measured.push([name, value]) },
  };
  const execution = { id: 'arn:ds-1', name: 'ds-1', startedAt: new Date(START).toISOString() };
  let state: unknown =
    setup.state === undefined ? input : { outcome: 'waiting', request: input, ...setup.state };
  for (let check = 0; check < (setup.most ?? 60); check += 1) {
    seen.times.push((now - START) / 1000);
    const settings = { ...SETTINGS, ...setup.settings };
    const payload = { execution, input, state, ...(setup.announces && { announces: true }) };
    const answer = await checkDelivery(payload, settings, world, NEVER);
    const mishap = setup.mishap?.(check + 1);
    if (mishap === 'lost') {
      now += LOST_MS;
      continue;
    }
    if (answer.outcome === 'announcing' && mishap === undefined) seen.announced.push(answer.detail);
    const result = goneOnBy(answer, mishap === 'unpublished');
    seen.results.push(result);
    if (result.outcome !== 'waiting') break;
    state = JSON.parse(JSON.stringify(result));
    now = Math.max(now, Date.parse((result as Waiting).nextCheckAt));
  }
  return { ...seen, finalEvents };
}

const NEVER = new AbortController().signal;
/** How long after a lost answer the next check comes. */
const LOST_MS = 10_000;

/** What the state machine makes of an answer. */
function goneOnBy(answer: CheckAnswer, isUnpublished: boolean): CheckResult {
  if (answer.outcome !== 'announcing') return answer;
  const { then, announcedBefore } = answer;
  if (then.outcome !== 'waiting' || !isUnpublished) return then;
  return { ...then, progress: { ...then.progress, announced: announcedBefore } as Waiting['progress'] };
}

function logInto(lines: Line[], about: object = {}): Log {
  const write = (message: string, fields: object) => void lines.push({ message, ...about, ...fields });
  return { info: write, warn: write, about: (fields) => logInto(lines, { ...about, ...fields }) };
}

/** @param createdOn Kore's time of the logs, ISO 8601; none by default. */
export const answers = (
  status: StatusWord,
  logs = 3,
  announced?: number,
  createdOn?: string,
): CannedAnswer => ({
  kind: 'answer',
  answer: {
    status,
    entries: Array.from({ length: logs }, (_, i) => ({
      _id: `nl-${i}`,
      originalId: `person.${i}@example.com`,
      channel: 'ivr',
      status: 'SUCCESS',
      ...(createdOn !== undefined && { createdOn }),
    })),
    ...(announced !== undefined && { announced }),
  },
});

export const refuses = (code: string, more: object = {}): CannedAnswer => ({
  kind: 'obstacle',
  obstacle: { code, message: 'No.', ...more } as never,
});
