/** The summaries of a campaign as an index knows them, which tells some seconds later what was written. */
import type { CampaignRow } from '../../../../contract/campaign/campaign-row.ts';
import type { Summary } from '../../../../contract/delivery-log-row.ts';
import type { DeliveryLogInMemory } from '../../../../testing/in-memory/delivery-log-in-memory.ts';
import type { Random } from '../random.ts';
import type { VirtualTime } from '../virtual-time.ts';

export const MOST_LAG_MS = 5_000;
const PAGE = 20;

interface Version {
  readonly savedAt: number;
  readonly seenAt: number;
  readonly summary: Summary;
}

export type Told = Pick<Summary, 'outcome'> & { readonly counts?: CampaignCounts };
type CampaignCounts = Required<CampaignRow>['counts'];

export interface SummaryIndex extends Pick<DeliveryLogInMemory, 'saveSummary'> {
  /** As the index knows them by now, page by page. */
  pages(): Iterable<readonly Summary[]>;
  /** What the table itself said at a time. */
  saidAt(time: number): ReadonlyMap<string, Told>;
  /** Whether a summary was written between two times. */
  hasChanged(since: number, until: number): boolean;
}

/** An index of whatever is saved by it. */
export function laggingIndex(log: DeliveryLogInMemory, time: VirtualTime, random: Random): SummaryIndex {
  const versions = new Map<string, Version[]>();
  const latest = (of: readonly Version[], at: number, key: 'savedAt' | 'seenAt') =>
    of.findLast((version) => version[key] <= at)?.summary;
  return {
    async saveSummary(summary) {
      await log.saveSummary(summary);
      const { requestId } = summary;
      const saved = log.summaryOf(requestId);
      const before = versions.get(requestId) ?? [];
      if (saved === undefined || saved === before.at(-1)?.summary) return;
      const savedAt = time.now();
      const seenAt = Math.max(savedAt + random.upTo(MOST_LAG_MS), before.at(-1)?.seenAt ?? 0);
      versions.set(requestId, [...before, { savedAt, seenAt, summary: saved }]);
    },
    *pages() {
      const all = [...versions.keys()];
      for (let first = 0; first <= all.length; first += PAGE) {
        const now = time.now();
        const page = all.slice(first, first + PAGE);
        yield page.flatMap((requestId) => latest(versions.get(requestId) ?? [], now, 'seenAt') ?? []);
      }
    },
    saidAt(at) {
      const said = [...versions].map(([requestId, of]) => [requestId, latest(of, at, 'savedAt')] as const);
      return new Map(
        said.flatMap(([requestId, told]) => (told === undefined ? [] : [[requestId, told as Told]])),
      );
    },
    hasChanged: (since, until) =>
      [...versions.values()].flat().some(({ savedAt }) => savedAt >= since && savedAt <= until),
  };
}
