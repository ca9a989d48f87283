/** What the summaries of a campaign add up to. */
import type { CampaignNotifications } from '../../contract/campaign/campaign-event.ts';
import { type Counts, noCounts } from '../../contract/counts.ts';
import type { Outcome } from '../../contract/event/event-names.ts';

/** What the index says of a notification. Anything but the id may be missing or broken: whatever wrote the row. */
export interface SeenSummary {
  readonly requestId: string;
  readonly outcome?: unknown;
  readonly counts?: unknown;
  readonly completedAt?: unknown;
  readonly expiresAt?: unknown;
}

/** By pages, as the table gives them. */
export type SummaryPages = AsyncIterable<readonly SeenSummary[]>;

export interface Totals {
  /** Notifications by how they ended. */
  readonly ended: Readonly<Record<Outcome, number>>;
  /** Recipients of all of them. */
  readonly counts: Pick<Counts, 'total' | 'delivered' | 'failed'>;
  /** When the latest of them ended, milliseconds since 1970. */
  readonly latestEndAt: number | undefined;
  /** Summaries that count for nothing, because nobody knows their outcome. */
  readonly unknown: number;
}

export const NOTHING: Totals = {
  ended: { complete: 0, 'timed-out': 0, failed: 0 },
  counts: noCounts(),
  latestEndAt: undefined,
  unknown: 0,
};

/**
 * Adds up page by page; no row is kept.
 *
 * @param now milliseconds since 1970: what has expired by then does not count. DynamoDB may take days to remove it.
 */
export async function addUp(pages: SummaryPages, now: number): Promise<Totals> {
  const ended = { ...NOTHING.ended };
  const counts = noCounts();
  let latestEndAt = Number.NEGATIVE_INFINITY;
  let unknown = 0;
  for await (const page of pages) {
    for (const summary of page) {
      if (hasExpired(summary, now)) continue;
      if (!isOutcome(summary.outcome)) {
        unknown += 1;
        continue;
      }
      ended[summary.outcome] += 1;
      const seen = (summary.counts ?? {}) as Readonly<Record<string, unknown>>;
      counts.total += countIn(seen.total);
      counts.delivered += countIn(seen.delivered);
      counts.failed += countIn(seen.failed);
      const endedAt = Date.parse(String(summary.completedAt));
      if (endedAt > latestEndAt) latestEndAt = endedAt;
    }
  }
  return { ended, counts, latestEndAt: Number.isFinite(latestEndAt) ? latestEndAt : undefined, unknown };
}

/** The notifications that count. */
export async function requestIdsIn(pages: SummaryPages, now: number): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const page of pages) {
    for (const summary of page) {
      if (!hasExpired(summary, now) && isOutcome(summary.outcome)) ids.add(summary.requestId);
    }
  }
  return ids;
}

/** @param expected how many were announced. */
export function notificationsOf({ ended }: Totals, expected: number): CampaignNotifications {
  const { complete, 'timed-out': timedOut, failed } = ended;
  const all = complete + timedOut + failed;
  return {
    expected,
    complete,
    timedOut,
    failed,
    missing: Math.max(0, expected - all),
    extra: Math.max(0, all - expected),
  };
}

function hasExpired({ expiresAt }: SeenSummary, now: number): boolean {
  return typeof expiresAt === 'number' && expiresAt < Math.floor(now / 1000);
}

function isOutcome(word: unknown): word is Outcome {
  return typeof word === 'string' && Object.hasOwn(NOTHING.ended, word);
}

function countIn(count: unknown): number {
  return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : 0;
}
