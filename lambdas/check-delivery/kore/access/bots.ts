/** How each bot is reached: the tracker's own host and credentials, or those that are configured for its stream id. */
import type { ApiScope } from '../../../../contract/api-scope.ts';

export interface BotAccess {
  /** Origin of Kore's API. */
  readonly host: string;
  readonly apiScope: ApiScope;
  /** ARN of the secret with the credentials. */
  readonly secretArn: string;
}

/** The tracker's own access, and what differs from it for some bots. */
export interface BotSettings extends BotAccess {
  readonly bots: BotExceptions;
}

/** What differs from the tracker's own access, by stream id. */
export type BotExceptions = Readonly<Record<string, Partial<BotAccess>>>;

export function accessOf(
  streamId: string | undefined,
  { bots, host, apiScope, secretArn }: BotSettings,
): BotAccess {
  // A stream id such as "constructor" is no bot's exception.
  const exception = streamId !== undefined && Object.hasOwn(bots, streamId) ? bots[streamId] : undefined;
  return { host, apiScope, secretArn, ...exception };
}

/**
 * What Kore.ai can count calls by, and so the key of their budget: the bot, or the client where the path names no bot,
 * whether the input does or not.
 */
export function quotaKeyOf(streamId: string | undefined, clientId: string, settings: BotSettings): string {
  const isInPath = accessOf(streamId, settings).apiScope === 'app-builder';
  return isInPath && streamId !== undefined ? streamId : clientId;
}
