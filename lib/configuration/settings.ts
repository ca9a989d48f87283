/** The props with their defaults, checked: a wrong one fails the synth with a sentence that says what to do. */
import { Duration, Token } from 'aws-cdk-lib';
import type { ApiScope } from '../../contract/api-scope.ts';
import { DEFAULT_EVENT_SOURCE } from '../../contract/final-event.ts';
import { idSchema } from '../../contract/tracking-input.ts';
import { type CallLimits, KORE_LIMITS } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { BotExceptions } from '../../lambdas/check-delivery/kore/access/bots.ts';
import { lastEnd } from '../../lambdas/check-delivery/schedule/moment.ts';
import { mostChecks, type Schedule } from '../../lambdas/check-delivery/schedule/schedule.ts';
import type {
  BotProps,
  CallLimitsProps,
  DeliveryTrackerProps,
  ScheduleProps,
} from './delivery-tracker-props.ts';

/** A configuration that cannot work, found before anything is deployed. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code = 'INVALID_CONFIGURATION';
}

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
}

/** A history holds 25,000 events, about 9 for each check (AWS docs, Step Functions service quotas); there is room for some that fail. */
const MOST_CHECKS = 2_000;

/** @throws ConfigurationError */
export function settingsFrom(props: DeliveryTrackerProps): TrackerSettings {
  const settings: TrackerSettings = {
    host: checkHost('host', props.host ?? 'https://platform.kore.ai'),
    apiScope: checkApiScope('apiScope', props.apiScope ?? 'app-builder'),
    bots: botsFrom(props.bots ?? {}),
    defaultStreamId: checkStreamId('defaultStreamId', props.defaultStreamId),
    eventSource: checkEventSource(props.eventSource ?? DEFAULT_EVENT_SOURCE),
    schedule: scheduleFrom(props.schedule ?? {}),
    callLimits: callLimitsFrom(props.callLimits ?? {}),
    deadlineSeconds: seconds('deadline', props.deadline ?? Duration.hours(24)),
    notFoundGraceSeconds: seconds('notFoundGrace', props.notFoundGrace ?? Duration.minutes(10)),
    retentionDays: days('retention', props.retention ?? Duration.days(90)),
  };
  checkDeadline(settings);
  return settings;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

function checkHost(name: string, host: string): string {
  refuseToken(name, Token.isUnresolved(host));
  const url = URL.canParse(host) ? new URL(host) : undefined;
  // Before any message that repeats the value: it may hold a password.
  if (host.includes('@')) {
    throw new ConfigurationError(
      `${name} must not hold a user name or password. Put credentials into the secret.`,
    );
  }
  if (url === undefined) {
    throw new ConfigurationError(`${name} must be a URL such as https://platform.kore.ai; it is "${host}".`);
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe) {
    throw new ConfigurationError(
      `${name} must be https, or http to a loopback address; it is "${host}". The token would travel in the clear.`,
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(
      `${name} must be an origin without path; it is "${host}". Use "${url.origin}".`,
    );
  }
  return url.origin;
}

/** Each with a secret takes about 200 bytes of the function's environment, of which check-delivery-function.ts holds the limit. */
const MOST_BOTS = 15;

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
          ...(apiScope !== undefined && { apiScope: checkApiScope(`${name}.apiScope`, apiScope) }),
          ...(secret !== undefined && { secretArn: secret.secretArn }),
        },
      ];
    }),
  );
}

/** What is only known at deployment cannot be checked at synth. */
function refuseToken(name: string, isToken: boolean): void {
  if (isToken)
    throw new ConfigurationError(`${name} must be known at synth; it is a token. Give a plain value.`);
}

function checkApiScope(name: string, apiScope: string): ApiScope {
  if (apiScope === 'app-builder' || apiScope === 'admin-console') return apiScope;
  throw new ConfigurationError(`${name} must be "app-builder" or "admin-console"; it is "${apiScope}".`);
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

function scheduleFrom({ firstCheck, floor, checkWorth, cap }: ScheduleProps): Schedule {
  const capSeconds = seconds('schedule.cap', cap ?? Duration.seconds(135));
  return {
    firstCheckSeconds: seconds('schedule.firstCheck', firstCheck ?? Duration.seconds(35)),
    floorSeconds: Math.min(capSeconds, seconds('schedule.floor', floor ?? Duration.seconds(5))),
    checkWorthSeconds: seconds('schedule.checkWorth', checkWorth ?? Duration.seconds(4)),
    capSeconds,
  };
}

function checkDeadline({ schedule, deadlineSeconds, retentionDays }: TrackerSettings): void {
  const { firstCheckSeconds } = schedule;
  if (deadlineSeconds < firstCheckSeconds) {
    throw new ConfigurationError(
      `deadline must not be shorter than schedule.firstCheck; they are ${deadlineSeconds} s and ${firstCheckSeconds} s. Lengthen the deadline or check earlier.`,
    );
  }
  if (retentionDays * 86_400 <= lastEnd(deadlineSeconds)) {
    throw new ConfigurationError(
      `retention must be longer than the deadline and an hour for the last call, or rows expire before the final event; they are ${retentionDays} days and ${deadlineSeconds} s. Lengthen the retention.`,
    );
  }
  if (mostChecks(schedule, lastEnd(deadlineSeconds)) > MOST_CHECKS) {
    throw new ConfigurationError(
      `the schedule allows more than ${MOST_CHECKS} checks before the deadline of ${deadlineSeconds} s, and an execution's history would overflow. Raise schedule.cap (${schedule.capSeconds} s) or shorten the deadline.`,
    );
  }
}

/** A year: the longest that a Standard execution can last (AWS docs, Step Functions service quotas). */
const MOST_SECONDS = 31_536_000;

function seconds(name: string, duration: Duration): number {
  refuseToken(name, duration.isUnresolved());
  const value = duration.toSeconds({ integral: false });
  if (Number.isInteger(value) && value >= 1 && value <= MOST_SECONDS) return value;
  throw new ConfigurationError(`${name} must be whole seconds from 1 to ${MOST_SECONDS}; it is ${value} s.`);
}

function days(name: string, duration: Duration): number {
  refuseToken(name, duration.isUnresolved());
  const value = duration.toDays({ integral: false });
  if (Number.isInteger(value) && value >= 1) return value;
  throw new ConfigurationError(`${name} must be whole days from 1; it is ${value} days.`);
}
