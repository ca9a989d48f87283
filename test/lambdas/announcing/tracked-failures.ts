/** Trackings that announce failures, and what Kore tells them. */
import type { StatusWord } from '../../../lambdas/check-delivery/kore/words/status-word.ts';
import type { CannedAnswer } from '../../../testing/in-memory/canned-answer.ts';
import { trackInMemory } from '../tracking-in-memory.ts';
import type { Setup } from '../tracking-setup.ts';
import { logIds } from './log-ids.ts';

export const INPUT = { requestId: 'ds-1', streamId: 'st-1' };

export const logsOf = (failed: readonly string[]) =>
  failed.map((_id) => ({ _id, originalId: `${_id}@example.com`, channel: 'ivr', status: 'FAILURE' }));

/** What Kore answers where these have failed; another was reached. */
export const failed = (ids: readonly string[], status: StatusWord = 'IN_PROGRESS'): CannedAnswer => ({
  kind: 'answer',
  answer: { status, entries: [{ _id: 'nl-reached', status: 'SUCCESS' }, ...logsOf(ids)] },
});

/** One more failure at each check, and the end at the third. */
export const oneMoreEach = (call: number) =>
  failed(logIds(0, call), call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS');

export const tracked = (setup: Setup) => trackInMemory({ input: INPUT, announces: true, ...setup });

export const named = (announced: readonly { data: { logIds: readonly string[] } }[]) =>
  announced.map(({ data }) => data.logIds);
