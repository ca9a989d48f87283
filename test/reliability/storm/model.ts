/** What must be true after a storm, from the plan and from what Kore said; nothing here knows how trackings work. */
import type { StormTracking } from './plan.ts';
import { idOf, type Storm } from './storm.ts';

/** What is wrong with the end of a tracking; `undefined` where nothing is. */
export function faultIn(
  { ends, deliveryLog, kore }: Storm,
  index: number,
  { faults }: StormTracking,
): string | undefined {
  const end = ends[index];
  if (end === undefined) return 'it has not ended';
  const different = new Set(end.events.map((event) => JSON.stringify(event)));
  if (different.size !== 1) return `${different.size} different final events`;

  const rows = deliveryLog.rowsOf(idOf(index));
  const saved = new Map(rows.map(({ logId, log }) => [logId, JSON.stringify(log)]));
  if (saved.size !== rows.length) return 'a row is there twice';
  const returned = new Map([...kore.returnedOf(index)].map(([id, log]) => [id, JSON.stringify(log)]));
  const strangers = [...saved.keys()].filter((id) => !returned.has(id));
  if (strangers.length > 0) return `rows that Kore never sent: ${strangers}`;

  // No tracking has faults up to its deadline.
  if (end.outcome === 'failed') return `it failed with ${end.code}`;
  const missing = [...returned].filter(([id, log]) => saved.get(id) !== log).map(([id]) => id);
  if (missing.length > 0) return `rows that are missing or old: ${missing}`;
  const summary = deliveryLog.summaryOf(idOf(index));
  const mayLackSummary = end.outcome === 'timed-out' && faults.some(({ place }) => place === 'summary');
  if (summary === undefined) return mayLackSummary ? undefined : 'it has no summary';
  return summary.outcome === end.outcome ? undefined : `its summary says ${summary.outcome}`;
}
