import type { Duration } from 'aws-cdk-lib';

/**
 * A check is made as soon as the lag that has probably built up is worth one, by how long deliveries of the bot took
 * before; where nothing is known of that, waits grow with the square root of the time already waited.
 */
export interface ScheduleProps {
  /**
   * From the start of the execution to the first check.
   * @default Duration.seconds(35)
   */
  readonly firstCheck?: Duration;
  /**
   * The shortest wait between two checks. A cap below it lowers it.
   * @default Duration.seconds(5)
   */
  readonly floor?: Duration;
  /**
   * How much earlier one more check would have to bring the news. Larger means fewer checks and later news.
   * @default Duration.seconds(4)
   */
  readonly checkWorth?: Duration;
  /**
   * The longest wait between two checks, also after errors; only a full call budget makes one wait longer, what Kore.ai
   * asks for (up to an hour where its hourly limit is reached, and `Retry-After`), and a function that fails (five minutes).
   * @default Duration.seconds(135)
   */
  readonly cap?: Duration;
}
