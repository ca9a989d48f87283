/** A whole tracking for a test: definition, asset, database and HTTP are real, the clock jumps over the waits. */

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { inject, onTestFinished } from 'vitest';
import { parseCredentials } from '../../contract/credentials.ts';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { afterFailedCheck } from '../../lib/workflow/failed-check.ts';
import { type Deployment, readDeployment } from '../../local/aws/deployment.ts';
import type { BusEvent } from '../../local/aws/event-bus.ts';
import { type LocalAws, localAws } from '../../local/aws/local-aws.ts';
import type { Execution, ExecutionEnd } from '../../local/aws/state-machine.ts';
import { type Clock, jumpingClock } from '../../local/clock.ts';
import type { Window } from '../../local/kore/rate-limit.ts';
import { koreSimulator } from '../../local/kore/simulator.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';
import { faultIntercept } from '../../testing/faults/fault-intercept.ts';
import type { FaultPlan } from '../../testing/faults/fault-plan.ts';

export const SECRET = JSON.stringify({
  clientId: 'cs-test',
  clientSecret: 'a-secret-that-must-never-be-seen',
});
export const STREAM_ID = 'st-736ff917-d836-55b4-9a6b-3dad20c09af3';

export const deployment = () => readDeployment(inject('assembly'), 'DeliveryTracker');

/** What a tracker with another deadline deploys. */
export function deploymentWithDeadline(deadlineSeconds: number): Deployment {
  const { stateMachine, function: deployed, ...others } = deployment();
  const definition = JSON.parse(stateMachine.definition);
  definition.States['Check failed'].Output = afterFailedCheck(deadlineSeconds, 90);
  return {
    ...others,
    stateMachine: { ...stateMachine, definition: JSON.stringify(definition) },
    function: {
      ...deployed,
      environment: { ...deployed.environment, DEADLINE_SECONDS: String(deadlineSeconds) },
    },
  };
}

export interface Tracked {
  readonly end: ExecutionEnd;
  readonly events: readonly BusEvent[];
  /** The one event; fails the test where there is none or more. */
  readonly detail: { readonly metadata: Fields; readonly data: Fields };
  readonly summary: Fields | undefined;
  /** Rows without the summary. */
  readonly logs: readonly Fields[];
  readonly checks: readonly CheckResult[];
  readonly logLines: readonly string[];
  readonly executionArn: string;
  readonly aws: LocalAws;
}
// biome-ignore lint/suspicious/noExplicitAny: a test reads any field of a document.
export type Fields = Record<string, any>;

export interface TrackingSetup {
  /** What runs; by default the stack as it is synthesised with its defaults. */
  readonly deployment?: Deployment;
  readonly clock?: Clock;
  readonly input?: unknown;
  readonly name?: string;
  readonly secret?: string;
  /** Changes to the function's environment, such as `DEADLINE_SECONDS`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What goes wrong on the way; nothing by default. */
  readonly faults?: FaultPlan;
  /** Tidies up; tests that run side by side give their own. */
  readonly onFinished?: (tidyUp: () => Promise<void>) => void;
  /** Runs before the tracking starts. */
  readonly prepare?: (aws: LocalAws) => unknown;
  readonly onStart?: (execution: Execution) => void;
  /** Runs after every check, before the next. */
  readonly afterCheck?: (result: CheckResult, aws: LocalAws, check: number) => void;
}

/** An AWS whose function asks `host`. */
export async function awsFor(host: string, clock: Clock = jumpingClock()): Promise<LocalAws> {
  const aws = await localAws(deployment(), SECRET, clock, { KORE_HOST: host });
  onTestFinished(() => aws.close());
  return aws;
}

/** Tracks one notification at `host` to its end. */
export async function trackAt(host: string, setup: TrackingSetup = {}): Promise<Tracked> {
  const requestId = `ds-${randomUUID()}`;
  const { clock = jumpingClock(), input = { requestId, streamId: STREAM_ID }, secret = SECRET } = setup;
  const environment = { KORE_HOST: host, ...setup.environment };
  const aws = await localAws(
    setup.deployment ?? deployment(),
    secret,
    clock,
    environment,
    setup.faults && faultIntercept(setup.faults),
  );
  const { onFinished = onTestFinished } = setup;
  onFinished(() => aws.close());

  await setup.prepare?.(aws);
  const checks: CheckResult[] = [];
  const execution = aws.track({
    name: setup.name ?? requestId,
    input,
    onCheck(result) {
      checks.push(result);
      setup.afterCheck?.(result, aws, checks.length);
    },
  });
  setup.onStart?.(execution);
  const end = await execution.ended;
  const { requestId: tracked = requestId } = (input ?? {}) as { requestId?: string };
  const rows = (await aws.rowsOf(tracked)) as Fields[];
  return {
    end,
    events: aws.events,
    get detail() {
      if (aws.events.length !== 1) throw new Error(`expected one final event, found ${aws.events.length}`);
      return aws.events[0]?.detail as Tracked['detail'];
    },
    summary: rows.find(({ logId }) => logId === '#summary'),
    logs: rows.filter(({ logId }) => logId !== '#summary'),
    checks,
    logLines: aws.logLines,
    executionArn: execution.arn,
    aws,
  };
}

/** A simulator that accepts SECRET. */
export async function simulator(clock: Clock, windows?: readonly Window[]) {
  const kore = await koreSimulator(parseCredentials(SECRET), clock, windows);
  onTestFinished(() => kore.close());
  return kore;
}

export type KoreAnswer = (call: number, response: ServerResponse, request: IncomingMessage) => void;

/** A server in Kore's place that answers call number 1, 2, … as told; returns its origin. */
export async function koreThat(
  answer: KoreAnswer,
  onFinished: NonNullable<TrackingSetup['onFinished']> = onTestFinished,
): Promise<string> {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    answer(calls, response, request);
  });
  onFinished(() => closeServer(server));
  return listenOnLoopback(server);
}

/** Kore's answer with these entries. */
export function says(response: ServerResponse, status: string, statusLogs: readonly unknown[] = []): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status, statusLogs, count: statusLogs.length, streamId: STREAM_ID }));
}

export function fails(response: ServerResponse, status: number, msg = 'no'): void {
  response.writeHead(status).end(JSON.stringify({ errors: [{ msg, code: 4000 }] }));
}

/** A delivery log as Kore sends it, with a field that its docs do not know. */
export function entry(index: number, status: 'SUCCESS' | 'FAILURE' = 'SUCCESS'): Fields {
  return {
    _id: `nl-${index}`,
    originalId: `Person.${index}@Example.com`,
    channel: 'ivr',
    status,
    comments: status === 'SUCCESS' ? 'sent' : 'Identity is not associated with the channel',
    createdOn: '2026-01-02T03:04:05.678Z',
    __v: 0,
    notInTheDocs: { nested: [1, 'two', null] },
  };
}
