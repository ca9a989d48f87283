/** Notifications whose trackings ended from a time on, and how. */
import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { Summary } from '../../../contract/delivery-log-row.ts';
import { inPieces } from '../../paging/pages.ts';
import { SUMMARIES_AT_ONCE, summariesOf } from '../campaign/campaign-summaries.ts';
import type { DeliveryLogTable } from '../delivery-log-rows.ts';
import type { Attempt, StateMachine } from './attempts.ts';
import { detailsOf } from './details.ts';
import { beginningOf, listedAttempts } from './listed-attempts.ts';

export interface Ended {
  readonly requestId: string;
  /** `failed` if it was stopped. */
  readonly outcome: string;
  /** Code of the error; asked for only where it is called. */
  code(): Promise<string | undefined>;
}

export interface Ports {
  readonly stateMachine: StateMachine;
  readonly deliveryLog: DeliveryLogTable;
  sleep(milliseconds: number): Promise<void>;
  /** Waits for a turn before each request that Step Functions limits. */
  turn(): Promise<void>;
}

const FAILED: readonly ExecutionStatus[] = ['FAILED', 'ABORTED', 'TIMED_OUT'];
/** An execution succeeds whether its delivery was complete or timed out. */
const SUCCEEDED: readonly ExecutionStatus[] = ['SUCCEEDED'];
/** AWS's limit for a page. */
const PAGE = 1_000;

/**
 * A tracking for each that ended, latest start first. Lists are in the order of starts, and a tracking may run for long, so that the whole
 * lists of the last 90 days are read, 1,000 in a request.
 *
 * @param outcomes `failed`, `timed-out`.
 * @param since milliseconds since 1970.
 */
export async function* endedSince(
  outcomes: readonly string[],
  since: number,
  ports: Ports,
): AsyncGenerator<Ended> {
  const { stateMachine, deliveryLog, sleep } = ports;
  const statuses = [
    ...(outcomes.includes('failed') ? FAILED : []),
    ...(outcomes.includes('timed-out') ? SUCCEEDED : []),
  ];
  const attempts = endedIn(stateMachine, statuses, since);
  for await (const piece of inPieces(attempts, SUMMARIES_AT_ONCE)) {
    const ids = [...new Set(piece.map(({ requestId }) => requestId))];
    const summaries = await summariesOf(deliveryLog, ids, sleep);
    const own = new Map(summaries.map((summary) => [summary.executionArn, summary]));
    for (const attempt of piece) {
      const ended = endOf(attempt, own.get(attempt.executionArn), ports);
      if (outcomes.includes(ended.outcome)) yield ended;
    }
  }
}

async function* endedIn(
  stateMachine: StateMachine,
  statuses: readonly ExecutionStatus[],
  since: number,
): AsyncGenerator<Attempt> {
  for await (const { attempt } of listedAttempts(stateMachine, beginningOf(statuses, PAGE))) {
    if ((attempt.endedAt?.getTime() ?? 0) >= since) yield attempt;
  }
}

/** @param own summary of this very attempt. */
function endOf(attempt: Attempt, own: Summary | undefined, { stateMachine, turn }: Ports): Ended {
  const { requestId, status } = attempt;
  const { code } = Object(own?.error) as { code?: string };
  return {
    requestId,
    outcome: status === 'SUCCEEDED' ? (own?.outcome ?? 'complete') : 'failed',
    code: async () => code ?? (await detailsOf(stateMachine, attempt, turn)).error?.code,
  };
}
