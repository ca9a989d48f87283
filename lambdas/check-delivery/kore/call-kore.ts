/** What Kore says of a notification: the credentials, a connection, a call that the budget counts, and the answer. */

import type { Credentials } from '../../../contract/credentials.ts';
import { ObstacleError } from '../obstacle.ts';
import type { Secret } from './access/secret.ts';
import type { StatusAnswer } from './answer/status-answer.ts';
import { type NotificationName, outOfCallBudget, type StatusConnection } from './status-api.ts';

export interface KorePorts {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * How a bot is reached.
   *
   * @throws ObstacleError `SECRET_UNREACHABLE` or `INVALID_SECRET`, where the settings of single bots cannot be read.
   */
  accessTo(streamId: string | undefined): Promise<KoreAccess>;
  signToken(credentials: Credentials, now: number): Promise<string>;
}

export interface KoreAccess {
  /** The secret with the credentials for the bot. */
  readonly secret: Secret;
  /** What Kore counts calls about the bot's notifications by. */
  quotaKeyOf(clientId: string): string;
  /** @throws ObstacleError `KORE_UNREACHABLE`. */
  connect(notification: NotificationName): Promise<StatusConnection>;
}

/** Claims a call from the call budget. */
export type ClaimCall = (quotaKey: string) => Promise<Claimed>;

export interface Claimed {
  readonly granted: boolean;
  /** By when the call must leave, milliseconds since 1970; absent where nothing counts it. */
  readonly goodUntil?: number | undefined;
  /** Whether an operator lets no call go out. */
  readonly isPaused: boolean;
}

export interface KoreAnswer {
  readonly answer: StatusAnswer;
  /** Milliseconds since 1970: the answer is at least as new. */
  readonly askedAt: number;
}

/**
 * One call, or two: where Kore refuses the cached credentials, the secret may have been rotated since.
 *
 * @throws ObstacleError `OUT_OF_CALL_BUDGET`, `PAUSED`, and those of the bot's settings, the secret, the connection and the answer.
 */
export async function callKore(
  notification: NotificationName,
  claim: ClaimCall,
  ports: KorePorts,
): Promise<KoreAnswer> {
  const access = await ports.accessTo(notification.streamId);
  const cached = await access.secret.current();
  try {
    return await callWith(cached.credentials, access, notification, claim, ports);
  } catch (error) {
    if (!(error instanceof ObstacleError) || error.code !== 'CREDENTIALS_REFUSED') throw error;
    const fresh = await access.secret.refetched();
    if (fresh.version === cached.version) throw error;
    return callWith(fresh.credentials, access, notification, claim, ports);
  }
}

async function callWith(
  credentials: Credentials,
  access: KoreAccess,
  notification: NotificationName,
  claim: ClaimCall,
  ports: KorePorts,
): Promise<KoreAnswer> {
  const token = await ports.signToken(credentials, ports.now());
  // Before the claim, so that the time it takes is none of the call's.
  const [connecting] = await Promise.allSettled([access.connect(notification)]);
  if (connecting.status === 'rejected' && !(connecting.reason instanceof ObstacleError)) {
    throw connecting.reason;
  }
  // Also without a connection: the budget paces the attempts, and knows whether calls are paused.
  const { granted, goodUntil, isPaused } = await claim(access.quotaKeyOf(credentials.clientId));
  const askedAt = ports.now();
  if (!granted) {
    if (connecting.status === 'fulfilled') connecting.value.drop();
    throw isPaused ? paused() : outOfCallBudget();
  }
  if (connecting.status === 'rejected') throw connecting.reason;
  return { answer: await connecting.value.ask(token, goodUntil), askedAt };
}

function paused(): ObstacleError {
  return new ObstacleError('PAUSED', 'An operator has paused calls to Kore for this bot.');
}
