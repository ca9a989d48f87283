/** When the next check is wished, from what this one saw. Whether a call is free then, the call budget says. */
import type { Obstacle } from '../obstacle.ts';
import type { Chances } from './life-table.ts';
import { type Moment, nextEnd } from './moment.ts';
import { koreWish, waitAfter } from './obstacle-wait.ts';
import type { Price } from './price.ts';
import { type Schedule, wishedTime } from './schedule.ts';

export interface Outlook {
  readonly moment: Moment;
  /** Checks so far. */
  readonly checks: number;
  /** Seconds from the start to the last answer that was not final. */
  readonly seenSeconds: number;
  readonly prices: readonly Price[];
  readonly chances: Chances;
  /** Seconds until the last recipient's log, at the pace of the latest; absent where there is none. */
  readonly endsInSeconds?: number | undefined;
  readonly obstacle: Obstacle | undefined;
  /** The wait after Kore's last refusal for a full hour, as the check before left it. */
  readonly lastHourlyWaitSeconds: number | undefined;
}

export interface NextCheck {
  /** Milliseconds since 1970. */
  readonly wishedAt: number;
  /** Whether its call can be reserved now. One far ahead would weigh on the bookings for as long: it is claimed at waking. */
  readonly isReservable: boolean;
  /** For the check after it; absent where no full hour is waited for. */
  readonly hourlyWaitSeconds: number | undefined;
}

/** A check that found no free call is still due. After any other obstacle the wait begins anew, so that trouble is not met with more calls. */
function isOverdue({ code }: Obstacle): boolean {
  return code === 'OUT_OF_CALL_BUDGET';
}

const LONGEST_RESERVED_WISH_SECONDS = 600;

/** @param random from 0 (no jitter) up to 1. */
export function planNextCheck(schedule: Schedule, outlook: Outlook, random: number): NextCheck {
  const { moment, obstacle, lastHourlyWaitSeconds, ...known } = outlook;
  const wish = koreWish(obstacle, lastHourlyWaitSeconds);
  const prospect = {
    ...known,
    elapsedSeconds: moment.elapsedSeconds,
    seenSeconds: obstacle === undefined || isOverdue(obstacle) ? known.seenSeconds : moment.elapsedSeconds,
    atLeastSeconds: obstacle === undefined ? 0 : waitAfter(obstacle),
    koreAsksSeconds: wish.seconds,
    random,
  };
  const wishedAt = wishedTime(schedule, prospect, moment.now, nextEnd(moment));
  return {
    wishedAt,
    isReservable: wishedAt - moment.now <= LONGEST_RESERVED_WISH_SECONDS * 1000,
    hourlyWaitSeconds: wish.hourlyWaitSeconds,
  };
}
