/** Whole campaigns for a test: as tracking-harness.ts has it for notifications, and Kore answers for each notification by itself. */
import type { ServerResponse } from 'node:http';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished } from 'vitest';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import type { CampaignCheckResult } from '../../../lambdas/check-campaign/invocation.ts';
import type { Deployment } from '../../../local/aws/deployment.ts';
import type { BusEvent } from '../../../local/aws/event-bus.ts';
import { type LocalAws, localAws } from '../../../local/aws/local-aws.ts';
import type { Execution, ExecutionEnd } from '../../../local/aws/state-machine.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { faultIntercept } from '../../../testing/faults/fault-intercept.ts';
import type { FaultPlan } from '../../../testing/faults/fault-plan.ts';
import { deployment, type Fields, fails, koreThat, SECRET, STREAM_ID } from '../tracking-harness.ts';

export const CAMPAIGN = 'spring';

/** Answers the calls for one notification, counted from 1. */
type Answer = (call: number, response: ServerResponse) => void;

/** A server in Kore's place that knows these notifications; returns its origin. */
export function koreOf(
  answers: Readonly<Record<string, Answer>>,
  onFinished?: WorldSetup['onFinished'],
): Promise<string> {
  const calls = new Map<string, number>();
  return koreThat((_, response, { url = '' }) => {
    const [requestId, answer] = Object.entries(answers).find(([id]) => url.includes(id)) ?? ['', undefined];
    const call = (calls.get(requestId) ?? 0) + 1;
    calls.set(requestId, call);
    if (answer === undefined) fails(response, 404);
    else answer(call, response);
  }, onFinished);
}

export interface WorldSetup {
  /** Origin of Kore; nobody answers by default. */
  readonly kore?: string;
  readonly deployment?: Deployment;
  /** Changes to the functions' environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly faults?: FaultPlan;
  /** Tidies up; tests that run side by side give their own. */
  readonly onFinished?: (tidyUp: () => Promise<void>) => void;
}

export interface FollowOptions {
  readonly name?: string;
  /** Runs after every check, before the next. */
  readonly afterCheck?: (check: number, execution: () => Execution) => void;
}

export interface Followed {
  readonly end: ExecutionEnd;
  readonly execution: Execution;
  readonly checks: readonly CampaignCheckResult[];
}

export interface CampaignWorld {
  readonly aws: LocalAws;
  /** Starts the tracking of a notification that belongs to the campaign. */
  track(requestId: string, more?: Fields): Execution;
  /** Starts the tracking of a notification and stops it at once: nothing is left but its execution. */
  stopAtOnce(requestId: string, more?: Fields): Promise<Execution>;
  /** Follows a campaign to the end of its execution. */
  follow(input: unknown, options?: FollowOptions): Promise<Followed>;
  /** What EventBridge starts for an execution that was stopped or died. */
  report(execution: Execution, kind: 'notification' | 'campaign', input?: unknown): Promise<ExecutionEnd>;
  /** Writes rows of the delivery log table as they are. */
  put(...rows: readonly Fields[]): Promise<void>;
  /** The campaign's own row. */
  row(campaignId?: string): Promise<Fields | undefined>;
  summaryOf(requestId: string): Promise<Fields | undefined>;
  /** The row with the final event of an execution. */
  finalEventOf(execution: Execution): Promise<Fields | undefined>;
  /** Events that end this execution. */
  eventsOf(execution: Execution): readonly BusEvent[];
}

export async function campaignWorld(setup: WorldSetup = {}): Promise<CampaignWorld> {
  const { kore = 'http://127.0.0.1:9', onFinished = onTestFinished } = setup;
  const deployed = setup.deployment ?? deployment();
  const aws = await localAws(
    deployed,
    SECRET,
    jumpingClock(),
    { KORE_HOST: kore, ...setup.environment },
    setup.faults && faultIntercept(setup.faults),
  );
  onFinished(() => aws.close());

  const rowOf = async (requestId: string, logId = SUMMARY_ID) =>
    ((await aws.rowsOf(requestId)) as Fields[]).find((row) => row.logId === logId);
  const track = (requestId: string, more: Fields = {}) =>
    aws.track({
      name: requestId,
      input: { requestId, streamId: STREAM_ID, campaignId: CAMPAIGN, ...more },
    });
  return {
    aws,
    track,
    async stopAtOnce(requestId, more) {
      const execution = track(requestId, more);
      execution.stop();
      await execution.ended;
      return execution;
    },
    async follow(input, { name = CAMPAIGN, afterCheck } = {}) {
      const checks: CampaignCheckResult[] = [];
      const execution = aws.trackCampaign({
        name,
        input,
        onCheck(result) {
          checks.push(result);
          afterCheck?.(checks.length, () => execution);
        },
      });
      return { end: await execution.ended, execution, checks };
    },
    async report({ arn, name, ended }, kind, input) {
      const { stateMachine, campaignStateMachine } = deployed;
      const { arn: stateMachineArn } = kind === 'campaign' ? campaignStateMachine : stateMachine;
      const { status } = await ended;
      const detail = { executionArn: arn, stateMachineArn, name, status };
      return aws.reportInterruption({
        ...detail,
        ...(input !== undefined && { input: JSON.stringify(input) }),
      }).ended;
    },
    async put(...rows) {
      for (const Item of rows)
        await aws.tables.send(new PutCommand({ TableName: deployed.table.name, Item }));
    },
    row: (campaignId = CAMPAIGN) => rowOf(campaignPartition(campaignId)),
    summaryOf: (requestId) => rowOf(requestId),
    finalEventOf: ({ arn }) => rowOf(arn, '#final-event'),
    eventsOf: ({ arn }) => aws.events.filter(({ detail }) => (detail as Fields).metadata.id === arn),
  };
}

/** The one event of an execution; fails the test where there is none, or where two differ. */
export function theEventOf(execution: Execution, { eventsOf }: Pick<CampaignWorld, 'eventsOf'>) {
  const different = new Set(eventsOf(execution).map((event) => JSON.stringify(event)));
  expect(different.size).toBe(1);
  return eventsOf(execution)[0] as { readonly detailType: string; readonly detail: Fields };
}

/** Fails the arrivals at a place, counted from 1, as told. */
export function failing(
  place: Parameters<FaultPlan['arrive']>[0],
  wayOf: (arrival: number) => ReturnType<FaultPlan['arrive']>,
): FaultPlan {
  let arrivals = 0;
  return {
    arrive(arrived) {
      if (arrived !== place) return undefined;
      arrivals += 1;
      return wayOf(arrivals);
    },
  };
}

/** The summary of a notification that has ended, as a check writes it. */
export function summaryRow(requestId: string, more: Fields = {}): Fields {
  return {
    requestId,
    logId: SUMMARY_ID,
    outcome: 'complete',
    status: 'SUCCESS',
    counts: { total: 2, delivered: 1, failed: 1 },
    campaignId: CAMPAIGN,
    executionArn: `arn:${requestId}`,
    savedAt: new Date().toISOString(),
    expiresAt: Math.floor(Date.now() / 1000) + 90 * 86_400,
    ...more,
  };
}
