import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { lacksStreamId } from '../../contract/tracking-input.ts';

/** The command that has Kore.ai try a tracker's credentials. */
export function callCommand({
  apiScope = 'app-builder',
  defaultStreamId,
}: Pick<TrackerDescription, 'apiScope' | 'defaultStreamId'>): string {
  const bot = lacksStreamId({}, { apiScope, defaultStreamId }) ? ' --stream-id st-…' : '';
  return `delivery-tracker credentials check --call${bot}`;
}
