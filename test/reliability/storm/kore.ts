/** Kore in a storm: each delivery goes its course, and what was ever answered is remembered. */

import type { StatusAnswer } from '../../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import { rateLimit } from '../../../local/kore/rate-limit.ts';
import type { StormTracking } from './plan.ts';

export interface StormKore {
  /** @throws ObstacleError `RATE_LIMITED`. */
  call(index: number, now: number): StatusAnswer;
  /** The logs that it ever returned of a delivery, each as it was returned last, by id. */
  returnedOf(index: number): ReadonlyMap<string, unknown>;
}

export function stormKore(trackings: readonly StormTracking[], start: number): StormKore {
  const limits = new Map<number, ReturnType<typeof rateLimit>>();
  const returned = trackings.map(() => new Map<string, unknown>());

  function admits(bot: number, now: number): boolean {
    const limit = limits.get(bot) ?? rateLimit();
    limits.set(bot, limit);
    return limit.admits(now);
  }

  return {
    call(index, now) {
      const { bot, startsAfter, takes, recipients } = trackings[index] as StormTracking;
      if (!admits(bot, now)) throw new ObstacleError('RATE_LIMITED', 'refused', { fullWindow: 'minute' });
      const share = Math.min(1, (now / 1000 - start / 1000 - startsAfter) / takes);
      const entries = Array.from({ length: Math.floor(share * recipients) }, (_, i) => logOf(i, share));
      for (const log of entries) returned[index]?.set(log._id, log);
      const status = share < 1 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS';
      return { status, entries };
    },
    returnedOf: (index) => returned[index] as ReadonlyMap<string, unknown>,
  };
}

/** A log may change as long as its delivery goes on. */
function logOf(index: number, share: number) {
  return {
    _id: `nl-${index}`,
    originalId: `person.${index}@example.com`,
    status: index % 5 === 0 ? 'FAILURE' : share < 1 ? 'QUEUED' : 'SUCCESS',
    channel: 'sms',
  };
}
