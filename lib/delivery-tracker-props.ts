/** What a delivery tracker can be told. Every default is safe in production. */
import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ApiScope } from '../lambdas/check-delivery/status-api.ts';

export interface DeliveryTrackerProps {
  /**
   * Origin of Kore.ai's API: `https`, without path. Plain `http` only to a loopback address, for tests.
   * @default 'https://platform.kore.ai'
   */
  readonly host?: string;

  /**
   * The scope that the app has in Kore.ai. `app-builder` names the bot in the path. `admin-console` leaves it out and
   * makes the stream id optional; that path is not written out in Kore.ai's docs, it follows from their saying that
   * the bot id is required for App Builder only, and from their other Admin Console endpoints.
   * @default 'app-builder'
   */
  readonly apiScope?: ApiScope;

  /**
   * Stream id (`st-…`) for executions whose input has none.
   * @default - with `app-builder`, every execution must name its stream id
   */
  readonly defaultStreamId?: string;

  /**
   * Secret with the app's credentials as JSON: `{"clientId", "clientSecret" | "privateKey", "algorithm"?, "subject"?}`.
   * @default - a new secret with a placeholder; checks wait with `NOT_CONFIGURED` until it is replaced
   */
  readonly secret?: ISecret;

  /**
   * Bus that the final events go to.
   * @default - a new bus
   */
  readonly eventBus?: IEventBus;

  /**
   * `source` of the events.
   * @default 'notification-delivery-tracker'
   */
  readonly eventSource?: string;

  /**
   * When to look.
   * @default - see ScheduleProps
   */
  readonly schedule?: ScheduleProps;

  /**
   * How long a notification is tracked, from the start of the execution.
   * @default Duration.hours(24)
   */
  readonly deadline?: Duration;

  /**
   * How long Kore may not know a request id before its tracking fails.
   * @default Duration.minutes(10)
   */
  readonly notFoundGrace?: Duration;

  /**
   * How long delivery logs and summaries stay in the table, in whole days.
   * @default Duration.days(90)
   */
  readonly retention?: Duration;

  /**
   * How long the function's and the state machine's own logs stay. They hold no recipient's address.
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;

  /**
   * What becomes of the table, of a new secret and of the log groups when the stack is deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Key of your own for the two places that hold recipients' addresses or credentials: the delivery log table with
   * its indexes, and the secret, where this construct makes it. It does not cover the event bus, the dead-letter
   * queue, the log groups and the executions' histories, which hold neither.
   * @default - keys owned by AWS
   */
  readonly encryptionKey?: IKey;
}

/** The wait after elapsed time t is `factor * sqrt(t)`, t and wait in seconds, between `floor` and `cap`. */
export interface ScheduleProps {
  /**
   * From the start of the execution to the first check.
   * @default Duration.seconds(22)
   */
  readonly firstCheck?: Duration;
  /**
   * The shortest wait between two checks. A cap below it lowers it.
   * @default Duration.seconds(5)
   */
  readonly floor?: Duration;
  /**
   * Larger means fewer checks and later news.
   * @default 4
   */
  readonly factor?: number;
  /**
   * The longest wait between two checks, also after errors.
   * @default Duration.seconds(135)
   */
  readonly cap?: Duration;
}
