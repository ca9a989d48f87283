/** Commands about the credentials that texts suggest, by their arguments. */
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { lacksStreamId, type TrackingInput } from '../../contract/tracking-input.ts';

export const SET_CREDENTIALS = ['credentials', 'set', '--file', 'secret.json'];
const CHECK_CREDENTIALS = ['credentials', 'check', '--call'];

/** Has Kore.ai try the credentials with a notification. @param notification of a bot, where the tracker has no default. */
export function callAbout({ requestId, streamId }: TrackedNotification): readonly string[] {
  return [...CHECK_CREDENTIALS, requestId, ...(streamId === undefined ? [] : ['--stream-id', streamId])];
}

export type TrackedNotification = Pick<TrackingInput, 'requestId' | 'streamId'>;

/** The same with a notification that does not exist. */
export function callCommand({
  apiScope = 'app-builder',
  defaultStreamId,
}: Pick<TrackerDescription, 'apiScope' | 'defaultStreamId'>): readonly string[] {
  const bot = lacksStreamId({}, { apiScope, defaultStreamId }) ? ['--stream-id', 'BOT'] : [];
  return [...CHECK_CREDENTIALS, ...bot];
}
