import type { Duration } from 'aws-cdk-lib';

/**
 * A check is made as soon as the lag that has probably built up is worth one (`pace`), by how long deliveries of the bot took
 * before. Where nothing is known of that, the first check comes a few seconds to some tens of seconds after the start, and waits
 * grow with the square root of the time already waited.
 */
export interface ScheduleProps {
  /**
   * The shortest wait between two checks. A cap below it lowers it.
   * @default Duration.seconds(5)
   */
  readonly floor?: Duration;
  /**
   * The longest wait between two checks of a delivery that may well have ended, also after errors. It is longer only where hardly
   * any delivery of the bot ends that early, where the bot's calls are needed more elsewhere or its call budget is full, where
   * Kore.ai asks for it (up to an hour where its hourly limit is reached, and `Retry-After`), and after a function that fails
   * (five minutes).
   * @default Duration.seconds(130)
   */
  readonly cap?: Duration;
}
