/** The project's own check, with its schedule, its budget and its state, on the simulation's clock. */
import { callBudget } from '../../lambdas/check-delivery/budget/call-budget.ts';
import { capacityOf, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import { forecastFrom } from '../../lambdas/check-delivery/budget/forecast.ts';
import { checkDelivery } from '../../lambdas/check-delivery/check.ts';
import type { CheckSettings } from '../../lambdas/check-delivery/environment.ts';
import type { CampaignSize } from '../../lambdas/check-delivery/rows/campaign-sizes.ts';
import { tally } from '../../lambdas/check-delivery/rows/tally.ts';
import type { Log } from '../../lambdas/check-delivery/telemetry/log.ts';
import type { World } from '../../lambdas/check-delivery/world.ts';
import { settingsFrom } from '../../lib/configuration/settings.ts';
import { budgetInMemory } from '../../testing/in-memory/budget-in-memory.ts';
import { answerOf, type CannedAnswer } from '../../testing/in-memory/canned-answer.ts';
import type { Delivery, Random } from './campaign.ts';
import type { Answer, Policy, SimulatedMoment, SimulatedStart } from './simulation.ts';

const capacity = capacityOf(KORE_LIMITS);

/** What a deployment has by default. */
export const DEFAULTS: CheckSettings = { ...settingsFrom({}), tableArn: 'table', capacity };

export interface TrackerOptions {
  readonly settings?: CheckSettings;
  /** Whether what one delivery teaches is kept for the next. */
  readonly learns?: boolean;
  /** The campaign that is announced, to which all belongs that starts after it. */
  readonly campaign?: CampaignSize;
  /** In place of the project's own. */
  readonly forecast?: World['forecast'];
}

export function tracker(random: Random, options: TrackerOptions = {}): Policy {
  const { settings = DEFAULTS, learns = true, campaign, forecast = forecastFrom } = options;
  const states: unknown[] = [];
  const store = budgetInMemory(capacity);
  const never = AbortSignal.any([]);
  let moment: CheckMoment;
  const world: World = {
    ...worldAt(() => moment, random, learns ? store : forgetful(store)),
    forecast,
    campaignSizes: { of: async () => campaign },
  };

  const invoke = (start: SimulatedStart, more: Readonly<Record<string, unknown>> = {}) => {
    const { index, delivery } = start;
    const name = `ds-${index}`;
    const isAnnounced = campaign !== undefined && delivery.startedAt >= campaign.startedAt;
    const state = states[index] ?? {
      requestId: name,
      streamId: 'st-bot',
      ...(isAnnounced && { campaignId: 'campaign' }),
    };
    const startedAt = new Date(delivery.startedAt).toISOString();
    return checkDelivery(
      { execution: { id: name, name, startedAt }, state, ...more },
      settings,
      world,
      never,
    );
  };

  return {
    async firstCheckAt(start) {
      moment = { ...start, call: () => 'refused' };
      const planned = await invoke(start, { plans: true });
      if (planned.outcome !== 'waiting') throw new Error(`a first check was planned ${planned.outcome}`);
      states[start.index] = planned;
      return Date.parse(planned.nextCheckAt);
    },
    async check(current) {
      moment = current;
      const result = await invoke(current);
      if (result.outcome !== 'waiting') {
        if (result.outcome !== 'complete') throw new Error(`a simulated tracking ended ${result.outcome}`);
        states[current.index] = undefined;
        return 'ended';
      }
      states[current.index] = result;
      return Date.parse(result.nextCheckAt);
    },
  };
}

type Store = ReturnType<typeof budgetInMemory>;

function forgetful(store: Store): Store {
  return {
    ...store,
    book: (bot, booking) => store.book(bot, { ...booking, lesson: undefined }),
    learn: async () => {},
  };
}

const SILENT: Log = { info: () => {}, warn: () => {}, about: () => SILENT };
const credentials = { clientId: 'cs', subject: 'cs', algorithm: 'HS256', key: new Uint8Array(32) } as never;

/** Of the check that is under way: when it is, and what its call is answered. */
export type CheckMoment = Pick<SimulatedMoment, 'now' | 'call'> & { readonly delivery?: Delivery };

export function worldAt(moment: () => CheckMoment, random: Random, store: Store): World {
  const secret = async () => ({ credentials, version: '1' });
  const time = { now: () => moment().now, random, sleep: async () => {} };
  return {
    ...time,
    budget: callBudget(store, capacity, time),
    forecast: forecastFrom,
    campaignSizes: { of: async () => undefined },
    accessTo: async () => ({
      quotaKeyOf: () => 'st-bot',
      secret: { current: secret, refetched: secret },
      connect: async () => ({ ask: async () => answerOf(ANSWERS[moment().call()]), drop: () => {} }),
    }),
    signToken: async () => 'token',
    finalEvents: { record: async (row) => row },
    deliveryLog: {
      saveLogs: async () => oneSaved(moment().delivery),
      notReached: async () => [],
      saveSummary: async () => {},
    },
    log: SILENT,
    meter: { add: () => {} },
  };
}

/** Where a log is there, no check follows the final status. Its time is that of the end. */
function oneSaved(delivery: Delivery | undefined) {
  const counts = { total: 1, delivered: 1, failed: 0 };
  const latestLogAt = delivery && new Date(delivery.endsAt).toISOString();
  return { tally: { ...tally([]), counts, latestLogAt }, isWhole: true };
}

const ANSWERS: Readonly<Record<Answer, CannedAnswer>> = {
  final: { kind: 'answer', answer: { status: 'SUCCESS', entries: [] } as never },
  'in progress': { kind: 'answer', answer: { status: 'IN_PROGRESS', entries: [] } as never },
  refused: { kind: 'obstacle', obstacle: { code: 'RATE_LIMITED', message: 'refused', fullWindow: 'minute' } },
};
