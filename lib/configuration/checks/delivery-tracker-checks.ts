/** The checks of all that a tracker can be told. */
import { API_SCOPES } from '../../../contract/api-scope.ts';
import type { MonitoringProps } from '../../monitoring/monitoring-props.ts';
import type { BotProps } from '../bot-props.ts';
import type { CallLimitsProps, DeliveryTrackerProps } from '../delivery-tracker-props.ts';
import { PACES } from '../pace.ts';
import type { ScheduleProps } from '../schedule-props.ts';
import { filledText, flag, listOf, number, recordOf, text, word } from './check.ts';
import {
  duration,
  eventBus,
  key,
  logRetention,
  removalPolicy,
  secret,
  securityGroup,
  subnets,
  table,
  topic,
  vpc,
} from './of-cdk.ts';
import { type Shape, shape } from './shape.ts';

const bot = shape<BotProps>({ host: text, apiScope: word(API_SCOPES), secret });

const schedule = shape<ScheduleProps>({
  floor: duration('Duration.seconds(5)'),
  cap: duration('Duration.minutes(2)'),
});

const callLimits = shape<CallLimitsProps>({ perMinute: number, perHour: number });

const monitoring = shape<MonitoringProps>({
  alarmTopic: topic,
  runbookUrl: filledText,
  dashboard: flag,
  alarms: flag,
  savedQuery: flag,
});

export const DELIVERY_TRACKER_PROPS: Shape<DeliveryTrackerProps> = {
  host: text,
  apiScope: word(API_SCOPES),
  defaultStreamId: text,
  secret,
  bots: recordOf(`an object such as { 'st-…': { secret } }`, bot),
  eventBus,
  previousEventBuses: listOf(eventBus),
  eventArchive: duration('Duration.days(30)'),
  announceFailures: flag,
  eventSource: text,
  pace: word(PACES),
  schedule,
  callLimits,
  callBudgetTable: table,
  deadline: duration('Duration.hours(24)'),
  notFoundGrace: duration('Duration.minutes(10)'),
  retention: duration('Duration.days(90)'),
  warmWriteThroughput: number,
  logRetention,
  removalPolicy,
  encryptionKey: key,
  monitoring,
  vpc,
  vpcSubnets: subnets,
  securityGroups: listOf(securityGroup),
};

export const deliveryTrackerProps = shape<DeliveryTrackerProps>(DELIVERY_TRACKER_PROPS);
