/** The schedule of the props, with its defaults. */
import { Duration } from 'aws-cdk-lib';
import type { Schedule } from '../../lambdas/check-delivery/schedule/schedule.ts';
import { checkWord } from './check-word.ts';
import { seconds } from './duration.ts';
import { PACES, type Pace, SECONDS_OF_LAG_A_CHECK_IS_WORTH } from './pace.ts';
import type { ScheduleProps } from './schedule-props.ts';

/** A slot of the call budget: two checks of one notification in the same slot would learn little more than one. */
const FLOOR = Duration.seconds(5);
/** Shorter, long deliveries take more calls; longer, an end after a long silence is detected later (`npm run bench -- campaigns`). */
const CAP = Duration.seconds(130);

/** @throws ConfigurationError */
export function scheduleFrom(schedule: ScheduleProps, pace: Pace): Schedule {
  const { floor, cap } = schedule;
  const capSeconds = seconds('schedule.cap', cap ?? CAP);
  return {
    floorSeconds: Math.min(capSeconds, seconds('schedule.floor', floor ?? FLOOR)),
    checkWorthSeconds: SECONDS_OF_LAG_A_CHECK_IS_WORTH[checkWord('pace', pace, PACES)],
    capSeconds,
  };
}
