/** The props with their defaults, checked: a wrong one fails the synth with a sentence that says what to do. */

import { Duration, Token } from 'aws-cdk-lib';
import { API_SCOPES, type ApiScope } from '../../contract/api-scope.ts';
import { DEFAULT_EVENT_SOURCE } from '../../contract/event/event-names.ts';
import { idSchema } from '../../contract/tracking-input.ts';
import { type CallLimits, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { BotExceptions } from '../../lambdas/check-delivery/kore/access/bots.ts';
import { lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { mostChecks, type Schedule } from '../../lambdas/check-delivery/schedule/schedule.ts';
import type { BotProps } from './bot-props.ts';
import { checkHost } from './check-host.ts';
import { checkWord } from './check-word.ts';
import { deliveryTrackerProps } from './checks/delivery-tracker-checks.ts';
import { PROPS } from './checks/shape.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { CallLimitsProps, DeliveryTrackerProps } from './delivery-tracker-props.ts';
import { days, seconds } from './duration.ts';
import { refuseToken } from './refuse-token.ts';
import { scheduleFrom } from './schedule-from.ts';

export interface TrackerSettings {
  readonly host: string;
  readonly apiScope: ApiScope;
  readonly bots: BotExceptions;
  readonly defaultStreamId?: string | undefined;
  readonly eventSource: string;
  readonly schedule: Schedule;
  readonly callLimits: CallLimits;
  readonly deadlineSeconds: number;
  readonly notFoundGraceSeconds: number;
  readonly retentionDays: number;
  /** How long final events are archived; not at all where it is left out. */
  readonly eventArchiveDays: number | undefined;
  /** Whether failures are announced while the delivery goes on. */
  readonly announcesFailures: boolean;
  /** Write units a second of the delivery log table and each index; DynamoDB's own where it is left out. */
  readonly warmWriteThroughput: number | undefined;
}

/** A history holds 25,000 events, about 9 for each check (AWS docs, Step Functions service quotas); there is room for some that fail. */
const MOST_CHECKS = 2_000;
/** Where each check may have failures to announce, which takes 8 events more. */
const MOST_ANNOUNCING_CHECKS = 1_200;

/** @throws ConfigurationError */
export function settingsFrom(props: DeliveryTrackerProps): TrackerSettings {
  deliveryTrackerProps(PROPS, props);
  const settings: TrackerSettings = {
    host: checkHost('host', props.host ?? 'https://platform.kore.ai'),
    apiScope: checkWord('apiScope', props.apiScope ?? 'app-builder', API_SCOPES),
    bots: botsFrom(props.bots ?? {}),
    defaultStreamId: checkStreamId('defaultStreamId', props.defaultStreamId),
    eventSource: checkEventSource(props.eventSource ?? DEFAULT_EVENT_SOURCE),
    schedule: scheduleFrom(props.schedule ?? {}, props.pace ?? 'balanced'),
    callLimits: callLimitsFrom(props.callLimits ?? {}),
    deadlineSeconds: seconds('deadline', props.deadline ?? Duration.hours(24)),
    notFoundGraceSeconds: seconds('notFoundGrace', props.notFoundGrace ?? Duration.minutes(10)),
    retentionDays: days('retention', props.retention ?? Duration.days(90)),
    warmWriteThroughput: checkWarmWrites(props.warmWriteThroughput),
    eventArchiveDays: props.eventArchive && days('eventArchive', props.eventArchive),
    announcesFailures: props.announceFailures ?? false,
  };
  checkDeadline(settings);
  return settings;
}

/** The longest stream ids, hosts and ARNs of so many fit into a secret (lib/functions/stored-bots.ts). */
const MOST_BOTS = 64;

function botsFrom(bots: Readonly<Record<string, BotProps>>): BotExceptions {
  const streamIds = Object.keys(bots);
  if (streamIds.length > MOST_BOTS) {
    throw new ConfigurationError(
      `bots names ${streamIds.length} bots and can name ${MOST_BOTS}. Give the others a tracker of their own.`,
    );
  }
  return Object.fromEntries(
    Object.entries(bots).map(([streamId, { host, apiScope, secret }]) => {
      const name = `bots["${streamId}"]`;
      checkStreamId('a stream id of bots', streamId);
      return [
        streamId,
        {
          ...(host !== undefined && { host: checkHost(`${name}.host`, host) }),
          ...(apiScope !== undefined && { apiScope: checkWord(`${name}.apiScope`, apiScope, API_SCOPES) }),
          ...(secret !== undefined && { secretArn: secret.secretArn }),
        },
      ];
    }),
  );
}

function checkStreamId(name: string, streamId: string | undefined): string | undefined {
  if (streamId === undefined || Token.isUnresolved(streamId)) return streamId;
  const parsed = idSchema.safeParse(streamId);
  if (parsed.success) return streamId;
  throw new ConfigurationError(`${name} ${parsed.error.issues[0]?.message}; it is "${streamId}".`);
}

function checkEventSource(eventSource: string): string {
  if (/^[A-Za-z0-9_./-]{1,256}$/.test(eventSource) && !eventSource.startsWith('aws.')) return eventSource;
  throw new ConfigurationError(
    `eventSource must be 1 to 256 characters of A-Z, a-z, 0-9 and "_./-", not starting with "aws."; it is "${eventSource}".`,
  );
}

/** Fewer than this in a minute would leave no call for a slot (lambdas/check-delivery/budget/call-limits.ts). */
const FEWEST_PER_MINUTE = 15;

function callLimitsFrom({ perMinute, perHour }: CallLimitsProps): CallLimits {
  const { short, long } = KORE_LIMITS;
  const limits = {
    short: { ...short, calls: perMinute ?? short.calls },
    long: { ...long, calls: perHour ?? long.calls },
  };
  checkCalls('callLimits.perMinute', limits.short.calls, FEWEST_PER_MINUTE, short.calls);
  checkCalls('callLimits.perHour', limits.long.calls, limits.short.calls, long.calls);
  return limits;
}

function checkCalls(name: string, calls: number, fewest: number, most: number): void {
  refuseToken(name, Token.isUnresolved(calls));
  if (Number.isInteger(calls) && calls >= fewest && calls <= most) return;
  throw new ConfigurationError(
    `${name} must be a whole number from ${fewest} to ${most}, Kore.ai's own limit; it is ${calls}.`,
  );
}

/** AWS docs, DynamoDB warm throughput: what a new table has, and no value may be lower. */
const LEAST_WARM_WRITES = 4_000;

function checkWarmWrites(writeUnits: number | undefined): number | undefined {
  if (writeUnits === undefined) return undefined;
  refuseToken('warmWriteThroughput', Token.isUnresolved(writeUnits));
  if (Number.isInteger(writeUnits) && writeUnits >= LEAST_WARM_WRITES) return writeUnits;
  throw new ConfigurationError(
    `warmWriteThroughput must be a whole number from ${LEAST_WARM_WRITES}, which every table has; it is ${writeUnits}.`,
  );
}

function checkDeadline(settings: TrackerSettings): void {
  const { schedule, deadlineSeconds, retentionDays } = settings;
  if (retentionDays * 86_400 <= lastEnd(deadlineSeconds)) {
    throw new ConfigurationError(
      `retention must be longer than the deadline and an hour for the last call, or rows expire before the final event; they are ${Duration.days(retentionDays).toHumanString()} and ${Duration.seconds(deadlineSeconds).toHumanString()}. Lengthen the retention.`,
    );
  }
  const most = settings.announcesFailures ? MOST_ANNOUNCING_CHECKS : MOST_CHECKS;
  if (mostChecks(schedule, lastEnd(deadlineSeconds)) > most) {
    throw new ConfigurationError(
      `the schedule allows more than ${most} checks before the deadline of ${deadlineSeconds} s, and an execution's history would overflow. Raise schedule.cap (${schedule.capSeconds} s) or shorten the deadline${settings.announcesFailures ? ', or leave announceFailures out' : ''}.`,
    );
  }
}
