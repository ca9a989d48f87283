/** How each bot is reached: the tracker's own host and credentials, or those that are configured for its stream id. */
import type { ApiScope } from '../../../../contract/api-scope.ts';

export interface BotAccess {
  /** Origin of Kore's API. */
  readonly host: string;
  readonly apiScope: ApiScope;
  /** ARN of the secret with the credentials. */
  readonly secretArn: string;
}

/** What differs from the tracker's own access, by stream id. */
export type BotExceptions = Readonly<Record<string, Partial<BotAccess>>>;

export function accessOf(
  streamId: string | undefined,
  { host, apiScope, secretArn }: BotAccess,
  exceptions: BotExceptions,
): BotAccess {
  // A stream id such as "constructor" is no bot's exception.
  const isException = streamId !== undefined && Object.hasOwn(exceptions, streamId);
  return { host, apiScope, secretArn, ...(isException && exceptions[streamId]) };
}

/**
 * What Kore.ai can count calls by, and so the key of their budget: the bot, or the client where the path names no bot,
 * whether the input does or not.
 */
export function quotaKeyOf(
  streamId: string | undefined,
  clientId: string,
  { apiScope }: Pick<BotAccess, 'apiScope'>,
): string {
  return apiScope === 'app-builder' && streamId !== undefined ? streamId : clientId;
}
