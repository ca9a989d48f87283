/** Commands about the credentials that texts suggest, by their arguments. */
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { lacksStreamId } from '../../contract/tracking-input.ts';

export const SET_CREDENTIALS = ['credentials', 'set', '--file', 'secret.json'];
export const CHECK_CREDENTIALS = ['credentials', 'check', '--call'];

/** Has Kore.ai try the credentials of a tracker. */
export function callCommand({
  apiScope = 'app-builder',
  defaultStreamId,
}: Pick<TrackerDescription, 'apiScope' | 'defaultStreamId'>): readonly string[] {
  const bot = lacksStreamId({}, { apiScope, defaultStreamId }) ? ['--stream-id', 'BOT'] : [];
  return [...CHECK_CREDENTIALS, ...bot];
}
