/** What a delivery tracker can be told. Every default is safe in production. */

import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ApiScope } from '../../contract/api-scope.ts';
import type { MonitoringProps } from '../monitoring/monitoring-props.ts';
import type { BotProps } from './bot-props.ts';
import type { Pace } from './pace.ts';
import type { ScheduleProps } from './schedule-props.ts';

/** What a `DeliveryTracker` can be told. All of it has a default. */
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
   * @default - a new secret with a placeholder; checks wait with `NOT_CONFIGURED` until `delivery-tracker credentials set` replaces it
   */
  readonly secret?: ISecret;

  /**
   * Bots that are reached otherwise than the tracker's own host and credentials say, by their stream ids; 64 at most.
   * Notifications of all other bots are tracked with `host`, `apiScope` and `secret`. What is said here is kept in a secret of its
   * own ($0.40 a month, November 2026), for the function to read.
   * @default - no exceptions
   */
  readonly bots?: Readonly<Record<string, BotProps>>;

  /**
   * Bus that the events go to.
   * @default - a new bus
   */
  readonly eventBus?: IEventBus;

  /**
   * Buses that events went to before `eventBus` was another: trackings that were started then still publish there. The state
   * machines may put events on them too. Leave a bus out once `delivery-tracker outdated` finds no such tracking.
   * @default - none
   */
  readonly previousEventBuses?: readonly IEventBus[];

  /**
   * How long the tracker's own events are kept in an archive of EventBridge, in whole days, so that they can be replayed. The
   * bus must be of the tracker's account and region. The archive is deleted with the stack, and replaced by an
   * empty one when the bus changes.
   * @default - no archive
   */
  readonly eventArchive?: Duration;

  /**
   * Whether each check that sees failures sends an event with their keys at once, `Notification Recipients Not Reached`, so that nobody
   * has to wait for the end of the delivery to fall back. A tracking may then take 1,200 checks instead of 2,000.
   * @default false
   */
  readonly announceFailures?: boolean;

  /**
   * `source` of the events.
   * @default 'notification-delivery-tracker'
   */
  readonly eventSource?: string;

  /**
   * How soon news is wanted, against what checks cost: `prompt` has the earliest news and the most checks, `thrifty` the fewest.
   * @default 'balanced'
   */
  readonly pace?: Pace;

  /**
   * When to check.
   * @default - see ScheduleProps
   */
  readonly schedule?: ScheduleProps;

  /**
   * How many calls a bot's trackings may make together. Lower them where other programs call Kore.ai for the same bot, and
   * where your workloads send many notifications: Kore.ai's table names sends (`notifyV2`) and status calls in one row, and
   * does not say whether they share a count. Sends of 100 a minute and 2,000 an hour have room beside
   * `{ perMinute: 500, perHour: 16000 }`.
   * @default - Kore.ai's own limits, with no room for sends: 600 in any minute and 18,000 in any hour (Kore.ai docs, Rate Limits)
   */
  readonly callLimits?: CallLimitsProps;

  /**
   * Table of call budgets, for trackers that track notifications of the same bot: its partition key is the string
   * `bot`, its TTL attribute `expiresAt`.
   * @default - a new table
   */
  readonly callBudgetTable?: ITable;

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
   * Write units a second that the delivery log table and each of its indexes are ready for at once, from 4,000. A row takes one for
   * each kilobyte, in each place. AWS charges once for what they do not have by themselves, and refuses to lower it; more than
   * 40,000 need a higher quota (AWS docs, DynamoDB warm throughput).
   * @default - what DynamoDB gives: 4,000 for a new table, later twice the most that there was
   */
  readonly warmWriteThroughput?: number;

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

  /**
   * Dashboard, alarms and a saved query.
   * @default - all of them, with alarms that notify nobody
   */
  readonly monitoring?: MonitoringProps;

  /**
   * VPC that the functions run in. From there they must reach Kore.ai (a NAT gateway), DynamoDB, Secrets Manager and Step
   * Functions (that, or VPC endpoints).
   * @default - no VPC
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC.
   * @default - the private ones
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The function's security groups in the VPC.
   * @default - a new one that lets all calls out and none in
   */
  readonly securityGroups?: readonly ISecurityGroup[];
}

/** Both are rolling windows, and hold at once. What is left of Kore.ai's own limits is room for sends and for other programs. */
export interface CallLimitsProps {
  /**
   * Calls in any 60 seconds, from 15.
   * @default 600
   */
  readonly perMinute?: number;
  /**
   * Calls in any 3,600 seconds; at least what a minute allows.
   * @default 18000
   */
  readonly perHour?: number;
}
