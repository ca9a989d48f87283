/** Books the call of a check that is planned, and says when to wake for it. */
import { wakingTime } from './budget/call-budget.ts';
import { keepLesson, type QuotaState, reserveCall } from './budget/claim-call.ts';
import type { Waiting } from './invocation/invocation.ts';
import type { Lesson } from './schedule/life-table.ts';
import { checkTimeFor, type Moment } from './schedule/moment.ts';
import type { NextCheck } from './schedule/plan-next-check.ts';
import type { World } from './world.ts';

export interface BookedCheck {
  /** Milliseconds since 1970. */
  readonly wakesAt: number;
  /** Empty where no call is reserved. */
  readonly booked: Pick<Waiting, 'reservation'>;
}

/** @param lesson what is learnt along; absent where nothing is. */
export async function bookNextCheck(
  { wishedAt, isReservable }: NextCheck,
  lesson: Lesson | undefined,
  quota: QuotaState | undefined,
  { now, lastEndAt }: Moment,
  world: World,
): Promise<BookedCheck> {
  const reservation = isReservable ? await reserveCall(quota, wishedAt, lesson, world) : undefined;
  if (!isReservable && lesson !== undefined) await keepLesson(quota, lesson, world);
  const callAt = reservation === undefined ? wishedAt : wakingTime(reservation, wishedAt);
  // A call that is free only later comes too late: after the last end rows may expire.
  const wakesAt = Math.min(callAt, checkTimeFor(lastEndAt, now));
  return { wakesAt, booked: reservation === undefined ? {} : { reservation } };
}
