/** What the notifications of a campaign add up to. One piece of them is in memory at a time. */
import type { CampaignNotifications } from '../../../contract/campaign/campaign-event.ts';
import { type Counts, noCounts } from '../../../contract/counts.ts';
import { obstacleSentence } from '../../text/obstacle-sentence.ts';
import type { Tracking } from '../executions/tracking.ts';
import type { IndexedSummary } from './campaign-summaries.ts';

export interface CampaignTotals {
  readonly notifications: Pick<CampaignNotifications, 'complete' | 'timedOut' | 'failed'>;
  readonly counts: Pick<Counts, 'total' | 'delivered' | 'failed'>;
  /** Those that took longest, longest first. */
  readonly slowest: readonly SlowTracking[];
  /** Most frequent first. */
  readonly obstacles: readonly CampaignObstacle[];
}

export type SlowTracking = Pick<Tracking, 'requestId' | 'streamId' | 'state' | 'counts'> & {
  readonly durationSeconds: number;
};

/** What notifications met that did not come to their end. */
export interface CampaignObstacle {
  readonly code: string;
  readonly sentence: string;
  readonly notifications: number;
}

const MOST_SLOW = 5;

export function campaignTotals() {
  const notifications = { complete: 0, timedOut: 0, failed: 0 };
  const counts = noCounts();
  const obstacles = new Map<string, CampaignObstacle>();
  let slowest: SlowTracking[] = [];
  return {
    count({ outcome, counts: own }: IndexedSummary) {
      const name = outcome === 'timed-out' ? 'timedOut' : outcome;
      if (Object.hasOwn(notifications, name)) notifications[name] += 1;
      counts.total += numberIn(own?.total);
      counts.delivered += numberIn(own?.delivered);
      counts.failed += numberIn(own?.failed);
    },
    /** @param tracking that has ended, or runs. */
    look(tracking: Tracking, now: number) {
      const { error, obstacle } = tracking;
      const code = obstacle ?? error?.code;
      if (typeof code === 'string') meet(code, error?.message);
      const durationSeconds = secondsOf(tracking, now);
      if (durationSeconds === undefined) return;
      const { requestId, streamId, state, counts } = tracking;
      slowest.push({ requestId, streamId, state, counts, durationSeconds });
      slowest.sort((a, b) => b.durationSeconds - a.durationSeconds);
      slowest = slowest.slice(0, MOST_SLOW);
    },
    totals: (): CampaignTotals => ({
      notifications,
      counts,
      slowest,
      obstacles: [...obstacles.values()].sort((a, b) => b.notifications - a.notifications),
    }),
  };

  function meet(code: string, message: unknown): void {
    const { notifications = 0, sentence = obstacleSentence(code, textIn(message)) } =
      obstacles.get(code) ?? {};
    obstacles.set(code, { code, sentence, notifications: notifications + 1 });
  }
}

function secondsOf({ state, durationSeconds, startedAt }: Tracking, now: number): number | undefined {
  if (typeof durationSeconds === 'number') return durationSeconds;
  const since = state === 'running' ? (now - Date.parse(startedAt ?? '')) / 1000 : Number.NaN;
  return Number.isNaN(since) ? undefined : Math.round(since);
}

/** Others may have written it. */
function numberIn(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
