/**
 * Whatever ended without a summary (a tracking that was stopped, an event that went out without one) is found by asking the
 * executions once before the end, so that the index counts it too.
 */
import { requestIdIn } from '../../../contract/execution-name.ts';
import { awsRequestId, errorName } from '../../aws-error.ts';
import { summaryOf } from '../../check-delivery/ending/final-event.ts';
import { ObstacleError } from '../../check-delivery/obstacle.ts';
import { lastEnd } from '../../check-delivery/schedule/moment.ts';
import type { Log } from '../../check-delivery/telemetry/log.ts';
import type { ClosedExecution } from '../executions.ts';
import { inLanes } from '../in-lanes.ts';
import { requestIdsIn } from '../totals.ts';
import type { CampaignWorld } from '../world.ts';
import { endByExecution, endByRow, type FoundEnd } from './found-end.ts';

export interface Swept {
  /** Whether all executions were asked. */
  readonly isDone: boolean;
  /** Summaries that were written, by a sweep that could not go on too. */
  readonly saved: number;
}

export interface SweepSettings {
  readonly deadlineSeconds: number;
  readonly retentionDays: number;
}

type SweepWorld = Pick<
  CampaignWorld,
  'campaigns' | 'deliveryLog' | 'executions' | 'finalEvents' | 'log' | 'now'
>;

interface SweptCampaign {
  readonly campaignId: string;
  /** Start of its execution, ISO 8601. */
  readonly startedAt: string;
}

/** In flight at once. Step Functions answers fewer questions a second than DynamoDB takes writes. */
const WRITES = 8;
const QUESTIONS = 4;

/** Whatever goes wrong is logged and no more: the campaign ends without what was not found. */
export async function sweep(
  { campaignId, startedAt }: SweptCampaign,
  { deadlineSeconds, retentionDays }: SweepSettings,
  world: SweepWorld,
  signal: AbortSignal,
): Promise<Swept> {
  const { campaigns, executions, log } = world;
  // A tracking that began earlier had ended before the campaign began.
  const since = Date.parse(startedAt) - lastEnd(deadlineSeconds) * 1000;
  const questions: Questions = { failure: undefined };
  let saved = 0;
  try {
    const counted = await requestIdsIn(campaigns.summariesOf(campaignId, signal), world.now());
    for await (const page of executions.closedSince(since, signal)) {
      const uncounted = page.filter(({ name }) => !counted.has(requestIdIn(name)));
      const ends = await endsOf(uncounted, campaignId, questions, world, signal);
      const fresh = newestEnds(ends).filter(({ detail }) => !counted.has(detail.data.requestId));
      await inLanes(fresh, WRITES, async ({ detail, outcome }) => {
        signal.throwIfAborted();
        const kept = { now: world.now(), retentionDays };
        await world.deliveryLog.saveSummary({ ...summaryOf(detail, outcome, kept), campaignId });
        counted.add(detail.data.requestId);
        saved += 1;
      });
    }
    if (questions.failure !== undefined) throw questions.failure.error;
    log.info('asked the executions', { saved });
    return { isDone: true, saved };
  } catch (error) {
    warnOf(error, saved, log);
    return { isDone: false, saved };
  }
}

/** What only Step Functions knows. It answers few such questions: after its first refusal none is asked, and what rows tell is found all the same. */
interface Questions {
  failure: { readonly error: unknown } | undefined;
}

/** The ends of those executions that belong to the campaign, in the order of the executions. */
async function endsOf(
  closed: readonly ClosedExecution[],
  campaignId: string,
  questions: Questions,
  { executions, finalEvents }: SweepWorld,
  signal: AbortSignal,
): Promise<FoundEnd[]> {
  const arns = closed.map(({ arn }) => arn);
  const rows = await finalEvents.read(arns, signal);
  const ends = new Map<string, FoundEnd | undefined>();
  await inLanes(closed, QUESTIONS, async (execution) => {
    const row = rows.get(execution.arn);
    const told = endByRow(row, campaignId);
    if (told === 'of another') return;
    if (told !== 'unknown') return void ends.set(execution.arn, told);
    if (questions.failure !== undefined) return;
    try {
      const described = await executions.describe(execution.arn, signal);
      ends.set(execution.arn, endByExecution(execution, described, row, campaignId));
    } catch (error) {
      questions.failure ??= { error };
    }
  });
  return arns.flatMap((arn) => ends.get(arn) ?? []);
}

/** Of several attempts at one notification the newest tells its end. */
function newestEnds(ends: readonly FoundEnd[]): FoundEnd[] {
  const newestLast = ends.toReversed().map((end) => [end.detail.data.requestId, end] as const);
  return [...new Map(newestLast).values()];
}

function warnOf(error: unknown, saved: number, log: Log): void {
  const code = error instanceof ObstacleError ? error.code : 'EXECUTIONS_UNREACHABLE';
  const cause = error instanceof ObstacleError ? error.cause : error;
  log.warn('could not ask all executions', {
    code,
    saved,
    error: errorName(cause),
    awsRequestId: awsRequestId(cause),
  });
}
