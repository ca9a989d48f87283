/** How each bot is reached: the tracker's own host and credentials, or those that are configured for its stream id. */
import type { ApiScope } from './status-api.ts';

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
  { bots, host, apiScope, secretArn }: BotAccess & { readonly bots: BotExceptions },
): BotAccess {
  // A stream id such as "constructor" is nobody's exception.
  const exception = streamId !== undefined && Object.hasOwn(bots, streamId) ? bots[streamId] : undefined;
  return { host, apiScope, secretArn, ...exception };
}
