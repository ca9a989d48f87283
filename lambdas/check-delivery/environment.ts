/** The function's environment variables: the one place that knows their names, for both who writes and who reads them. */

import * as z from 'zod/mini';
import { API_SCOPES, type ApiScope } from '../../contract/api-scope.ts';
import { number, readFrom, text, type Variables, variable, written } from '../environment-variables.ts';
import type { CallLimits, CallWindow, Capacity } from './budget/call-limits.ts';
import type { StoredExceptions } from './kore/access/bot-exceptions.ts';
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
  /** Where it is said which bots have a host or credentials of their own; nothing where none has. */
  readonly bots: StoredExceptions | undefined;
  readonly tableName: string;
  readonly budgetTableName: string;
  readonly callLimits: CallLimits;
}

/** The schedule has a variable for each of its fields. */
type Flat = Omit<FunctionSettings, 'schedule'> & Schedule;

const apiScopeSchema = z.enum(API_SCOPES);

/** Not the JSON of earlier releases: where code and environment are of two releases for a moment, the function fails and is tried again. */
const STORED = /^[0-9a-f]+ \S+$/;

/** Each setting's variable, how it is written, and how it is read. */
const VARIABLES: Variables<Flat> = {
  trackerName: text('TRACKER_NAME'),
  host: text('KORE_HOST'),
  apiScope: variable('API_SCOPE', apiScopeSchema, (scope) => scope),
  defaultStreamId: variable('DEFAULT_STREAM_ID', z.optional(z.string()), (id) => id),
  secretArn: text('SECRET_ARN'),
  bots: variable(
    'BOTS',
    z.optional(z.pipe(z.string().check(z.regex(STORED)), z.transform(storedFrom))),
    (bots) => bots && `${bots.version} ${bots.secretArn}`,
  ),
  tableName: text('TABLE_NAME'),
  tableArn: text('TABLE_ARN'),
  floorSeconds: number('FLOOR_SECONDS'),
  checkWorthSeconds: number('CHECK_WORTH_SECONDS'),
  capSeconds: number('CAP_SECONDS'),
  deadlineSeconds: number('DEADLINE_SECONDS'),
  notFoundGraceSeconds: number('NOT_FOUND_GRACE_SECONDS'),
  retentionDays: number('RETENTION_DAYS'),
  budgetTableName: text('BUDGET_TABLE_NAME'),
  callLimits: variable(
    'CALL_LIMITS',
    z.pipe(z.string().check(z.regex(/^\d+\/\d+,\d+\/\d+$/)), z.transform(callLimitsFrom)),
    ({ short, long }) => [short, long].map(({ calls, seconds }) => `${calls}/${seconds}`).join(),
  ),
};

/** The environment to deploy the function with. No secret is in it, only the secret's ARN. */
export function toEnvironment({ schedule, ...settings }: FunctionSettings): Record<string, string> {
  return written<Flat>(VARIABLES, { ...settings, ...schedule });
}

/** @throws ZodError naming the first wrong variable. The stack checked the values, so this is a deployment gone wrong. */
export function fromEnvironment(variables: Record<string, string | undefined>): FunctionSettings {
  const { floorSeconds, checkWorthSeconds, capSeconds, ...settings } = readFrom<Flat>(VARIABLES, variables);
  return { ...settings, schedule: { floorSeconds, checkWorthSeconds, capSeconds } };
}

function storedFrom(text: string): StoredExceptions {
  const [version = '', secretArn = ''] = text.split(' ');
  return { version, secretArn };
}

/** Of `600/60,18000/3600`: calls in seconds, the short window first. */
function callLimitsFrom(text: string): CallLimits {
  const [short, long] = text.split(',').map((window): CallWindow => {
    const [calls = 0, seconds = 0] = window.split('/').map(Number);
    return { calls, seconds };
  }) as [CallWindow, CallWindow];
  return { short, long };
}
