/** A campaign in memory, check by check: what its checks return, write, log, measure and ask. */

import type { Summary } from '../../../contract/delivery-log-row.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { SUMMARY_ID } from '../../../contract/table-names.ts';
import { checkCampaign } from '../../../lambdas/check-campaign/check.ts';
import type { CampaignSettings } from '../../../lambdas/check-campaign/environment.ts';
import type { ClosedExecution } from '../../../lambdas/check-campaign/executions.ts';
import type { CampaignCheckResult } from '../../../lambdas/check-campaign/invocation.ts';
import type { WrittenRow } from '../../../lambdas/check-campaign/rows/campaign-table.ts';
import type { RecordedEvent } from '../../../lambdas/check-campaign/rows/final-event-reader.ts';
import type { CampaignWorld } from '../../../lambdas/check-campaign/world.ts';
import { ObstacleError } from '../../../lambdas/check-delivery/obstacle.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { Log } from '../../../lambdas/check-delivery/telemetry/log.ts';
import { type CampaignsInMemory, campaignsInMemory } from '../../../testing/in-memory/campaigns-in-memory.ts';
import { finalEventsInMemory } from '../../../testing/in-memory/final-events-in-memory.ts';

export const START = Date.parse('2026-01-01T00:00:00Z');
export const DEADLINE = 3_600;
/** Seconds from the start to the last end. */
export const LAST_END = 7_200;
export const ARN = 'arn:campaign:spring';
const SETTINGS: CampaignSettings = {
  tableArn: 'arn:table',
  deadlineSeconds: DEADLINE,
  retentionDays: 90,
  waitSeconds: 50,
};

export type Access = 'index' | 'row' | 'final event' | 'summary' | 'executions' | 'question';

/** A tracking that ended, newest first. */
export interface Tracking extends Partial<ClosedExecution> {
  readonly name: string;
  /** The execution's input. */
  readonly input?: object | string;
  /** Its output, as JSON. */
  readonly output?: string;
  /** The row of its final event. */
  readonly row?: RecordedEvent;
  /** When it began, in seconds. */
  readonly startedAt?: number;
}

export interface Setup {
  readonly input?: unknown;
  readonly settings?: Partial<CampaignSettings>;
  /** Ends of notifications, by the second at which they come. */
  readonly ends?: readonly (readonly [second: number, summary: Summary])[];
  readonly trackings?: readonly Tracking[];
  /** How long the executions take to answer; no time by default. */
  readonly askingSeconds?: number;
  /** Whether an access fails, counted from 1. */
  readonly fails?: (what: Access, time: number, seconds: number) => boolean;
  /** When the first check wakes, in seconds. */
  readonly firstAt?: number;
  /** What a check before has handed on. */
  readonly state?: object;
  readonly campaigns?: CampaignsInMemory;
  readonly recorded?: FinalEventRow;
  readonly most?: number;
  /** Ends the reading of index and executions; never by default. */
  readonly readingTime?: AbortSignal;
}

export async function followInMemory(setup: Setup = {}) {
  const { input = { campaignId: 'spring', notifications: 3 }, campaigns = campaignsInMemory() } = setup;
  const seen = {
    results: [] as CampaignCheckResult[],
    /** When each check ran, in seconds. */
    times: [] as number[],
    lines: [] as Record<string, unknown>[],
    measured: [] as [string, number][],
    /** Inputs that were asked for, by ARN. */
    described: [] as string[],
    /** Each row that was written. */
    rows: [] as WrittenRow[],
  };
  const { trackings = [], ends = [] } = setup;
  const finalEvents = finalEventsInMemory();
  if (setup.recorded !== undefined) await finalEvents.record(setup.recorded);
  let now = START + (setup.firstAt ?? 0) * 1000;
  const times: Partial<Record<Access, number>> = {};
  const may = (what: Access) => {
    times[what] = (times[what] ?? 0) + 1;
    if (!setup.fails?.(what, times[what], (now - START) / 1000)) return;
    throw what === 'executions' || what === 'question'
      ? new Error('Rate exceeded')
      : new ObstacleError('TABLE_UNREACHABLE', 'The table is away.');
  };
  const arnOf = ({ name, arn = `arn:tracking:${name}` }: Tracking) => arn;
  const world: CampaignWorld = {
    now: () => now,
    campaigns: {
      async *summariesOf(...args) {
        may('index');
        yield* campaigns.summariesOf(...args);
      },
      async saveRow(row) {
        may('row');
        seen.rows.push(row);
        return campaigns.saveRow(row);
      },
      rowOf: campaigns.rowOf,
    },
    finalEvents: {
      async record(row) {
        may('final event');
        return finalEvents.record(row);
      },
      read: async (arns) =>
        new Map(
          trackings.flatMap((one) => (one.row && arns.includes(arnOf(one)) ? [[arnOf(one), one.row]] : [])),
        ),
    },
    deliveryLog: {
      async saveSummary(summary) {
        may('summary');
        return campaigns.saveSummary(summary);
      },
    },
    executions: {
      async *closedSince(since) {
        may('executions');
        now += (setup.askingSeconds ?? 0) * 1000;
        const young = trackings.filter(({ startedAt = 0 }) => START + startedAt * 1000 >= since);
        for (const { status = 'ABORTED', ...one } of young)
          yield [{ arn: arnOf(one), name: one.name, status }];
      },
      async describe(arn) {
        seen.described.push(arn);
        may('question');
        const { input, output } = trackings.find((one) => arnOf(one) === arn) ?? {};
        return { input: typeof input === 'object' ? JSON.stringify(input) : input, output };
      },
    },
    log: logInto(seen.lines),
    meter: { add: (name, value) => void seen.measured.push([name, value]) },
  };
  const execution = { id: ARN, name: 'spring', startedAt: '2026-01-01T00:00:00Z' };
  let state: unknown = setup.state ?? input;
  for (let check = 0; check < (setup.most ?? 2_000); check += 1) {
    const due = ends.filter(([second]) => START + second * 1000 <= now);
    for (const [, summary] of due) await campaigns.saveSummary(summary);
    seen.times.push((now - START) / 1000);
    const settings = { ...SETTINGS, ...setup.settings };
    const result = await checkCampaign(
      { execution, input, state },
      settings,
      world,
      setup.readingTime ?? NEVER,
    );
    seen.results.push(JSON.parse(JSON.stringify(result)));
    if (result.outcome !== 'waiting') break;
    state = seen.results.at(-1);
    now = Math.max(now, Date.parse(result.nextCheckAt));
  }
  return { ...seen, last: seen.results.at(-1), campaigns, finalEvents };
}

const NEVER = new AbortController().signal;

export function summary(requestId: string, outcome: Outcome = 'complete', more: object = {}): Summary {
  return {
    requestId,
    logId: SUMMARY_ID,
    outcome,
    campaignId: 'spring',
    counts: { total: 10, delivered: 8, failed: 2 },
    savedAt: new Date(START).toISOString(),
    expiresAt: START / 1000 + 90 * 86_400,
    ...more,
  };
}

/** The row of a tracking's final event. */
export function eventRow(
  requestId: string,
  outcome: Outcome,
  data: object,
  metadata: object = {},
): RecordedEvent {
  const detail = {
    metadata: { id: `arn:tracking:${requestId}`, version: '1', ...metadata },
    data: { requestId, ...data },
  };
  return { outcome, detail: JSON.stringify(detail) };
}

function logInto(lines: Record<string, unknown>[], about: object = {}): Log {
  const write = (message: string, fields: object) => void lines.push({ message, ...about, ...fields });
  return { info: write, warn: write, about: (fields) => logInto(lines, { ...about, ...fields }) };
}

export const at = (seconds: number) => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
