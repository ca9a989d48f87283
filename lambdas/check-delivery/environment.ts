/** The function's environment variables: the one place that knows their names, for both who writes and who reads them. */

import * as z from 'zod/mini';
import type { ApiScope } from '../../contract/api-scope.ts';
import type { CallLimits, CallWindow, Capacity } from './budget/call-limits.ts';
import type { BotExceptions } from './kore/access/bots.ts';
import type { Schedule } from './schedule/schedule.ts';

/** What a check is told. */
export interface CheckSettings {
  readonly apiScope: ApiScope;
  readonly defaultStreamId?: string | undefined;
  readonly schedule: Schedule;
  readonly deadlineSeconds: number;
  readonly notFoundGraceSeconds: number;
  readonly retentionDays: number;
  readonly tableArn: string;
  /** What of Kore's limits can be booked. */
  readonly capacity: Capacity;
}

export interface FunctionSettings extends Omit<CheckSettings, 'capacity'> {
  /** Names the tracker in logs and metrics. */
  readonly trackerName: string;
  /** Origin of Kore's API. */
  readonly host: string;
  readonly secretArn: string;
  /** Bots with a host or credentials of their own. */
  readonly bots: BotExceptions;
  readonly tableName: string;
  readonly budgetTableName: string;
  readonly callLimits: CallLimits;
}

/** The environment to deploy the function with. No secret is in it, only the secret's ARN. */
export function toEnvironment(settings: FunctionSettings): Record<string, string> {
  const { schedule } = settings;
  const { short, long } = settings.callLimits;
  return {
    TRACKER_NAME: settings.trackerName,
    KORE_HOST: settings.host,
    API_SCOPE: settings.apiScope,
    ...(settings.defaultStreamId !== undefined && { DEFAULT_STREAM_ID: settings.defaultStreamId }),
    SECRET_ARN: settings.secretArn,
    ...(Object.keys(settings.bots).length > 0 && { BOTS: JSON.stringify(settings.bots) }),
    TABLE_NAME: settings.tableName,
    TABLE_ARN: settings.tableArn,
    FIRST_CHECK_SECONDS: String(schedule.firstCheckSeconds),
    FLOOR_SECONDS: String(schedule.floorSeconds),
    CHECK_WORTH_SECONDS: String(schedule.checkWorthSeconds),
    CAP_SECONDS: String(schedule.capSeconds),
    DEADLINE_SECONDS: String(settings.deadlineSeconds),
    NOT_FOUND_GRACE_SECONDS: String(settings.notFoundGraceSeconds),
    RETENTION_DAYS: String(settings.retentionDays),
    BUDGET_TABLE_NAME: settings.budgetTableName,
    CALL_LIMITS: [short, long].map(({ calls, seconds }) => `${calls}/${seconds}`).join(),
  };
}

const apiScopeSchema = z.enum(['app-builder', 'admin-console']);

const environmentSchema = z.object({
  TRACKER_NAME: z.string(),
  KORE_HOST: z.string(),
  API_SCOPE: apiScopeSchema,
  DEFAULT_STREAM_ID: z.optional(z.string()),
  SECRET_ARN: z.string(),
  BOTS: z.prefault(z.string(), '{}'),
  TABLE_NAME: z.string(),
  TABLE_ARN: z.string(),
  FIRST_CHECK_SECONDS: z.coerce.number(),
  FLOOR_SECONDS: z.coerce.number(),
  CHECK_WORTH_SECONDS: z.coerce.number(),
  CAP_SECONDS: z.coerce.number(),
  DEADLINE_SECONDS: z.coerce.number(),
  NOT_FOUND_GRACE_SECONDS: z.coerce.number(),
  RETENTION_DAYS: z.coerce.number(),
  BUDGET_TABLE_NAME: z.string(),
  CALL_LIMITS: z.string().check(z.regex(/^\d+\/\d+,\d+\/\d+$/)),
});

const botsSchema = z.record(
  z.string(),
  z.object({
    host: z.optional(z.string()),
    apiScope: z.optional(apiScopeSchema),
    secretArn: z.optional(z.string()),
  }),
);

/** @throws ZodError naming the variable. The stack checked the values, so this is a deployment gone wrong. */
export function fromEnvironment(variables: Record<string, string | undefined>): FunctionSettings {
  const env = environmentSchema.parse(variables);
  return {
    trackerName: env.TRACKER_NAME,
    host: env.KORE_HOST,
    apiScope: env.API_SCOPE,
    defaultStreamId: env.DEFAULT_STREAM_ID,
    secretArn: env.SECRET_ARN,
    bots: botsSchema.parse(JSON.parse(env.BOTS)),
    tableName: env.TABLE_NAME,
    tableArn: env.TABLE_ARN,
    schedule: {
      firstCheckSeconds: env.FIRST_CHECK_SECONDS,
      floorSeconds: env.FLOOR_SECONDS,
      checkWorthSeconds: env.CHECK_WORTH_SECONDS,
      capSeconds: env.CAP_SECONDS,
    },
    deadlineSeconds: env.DEADLINE_SECONDS,
    notFoundGraceSeconds: env.NOT_FOUND_GRACE_SECONDS,
    retentionDays: env.RETENTION_DAYS,
    budgetTableName: env.BUDGET_TABLE_NAME,
    callLimits: callLimitsFrom(env.CALL_LIMITS),
  };
}

/** Of `600/60,18000/3600`: calls in seconds, the short window first. */
function callLimitsFrom(text: string): CallLimits {
  const [short, long] = text.split(',').map((window): CallWindow => {
    const [calls = 0, seconds = 0] = window.split('/').map(Number);
    return { calls, seconds };
  }) as [CallWindow, CallWindow];
  return { short, long };
}
