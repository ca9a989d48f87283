/** Names of channels. They go into events and summaries, so each is from a list: Kore may write anything there, a person's name too. */
import * as z from 'zod/mini';

/**
 * Kore.ai docs, Proactive Notifications API (`msteams`, `slack`), the same of V2 (`ivr`, `hangoutchat`, which is Google Chat,
 * `webhook`, `whatsapp`), Proactive Notification Status API V2 (`msteam`), and plain names of what else the platform sends by.
 */
export const CHANNELS = [
  ...['email', 'googlechat', 'hangoutchat', 'ivr', 'msteam'],
  ...['msteams', 'slack', 'sms', 'webhook', 'whatsapp'],
] as const;

/** A channel that is not listed. Kore's own name is in the row, under `log`. */
const OTHER_CHANNEL = 'other';

export type ChannelWord = (typeof CHANNELS)[number] | typeof OTHER_CHANNEL;

/** In lower case, without what stands between its parts; `undefined` where Kore named none. */
export function channelWord(channel: unknown): ChannelWord | undefined {
  if (typeof channel !== 'string' || channel.trim() === '') return undefined;
  const name = channel.toLowerCase().replace(/[\s_-]/g, '');
  return CHANNELS.find((word) => word === name) ?? OTHER_CHANNEL;
}

/** Names that a check before has left; an earlier release let any through. */
export const channelsSchema = z.pipe(
  z.array(z.string()),
  z.transform((names) => sortedChannels(names.map(channelWord))),
);

/** Each once, by the alphabet. */
export function sortedChannels(channels: Iterable<ChannelWord | undefined>): ChannelWord[] {
  return [...new Set(channels)].filter((channel) => channel !== undefined).sort();
}
