/** One look at a notification: ask Kore, and make what it returned safe before anything is decided on it. */
import type { TrackingInput } from '../../lib/contract.ts';
import type { Sight } from './decision.ts';
import type { Progress } from './invocation.ts';
import type { Credentials } from './kore/credentials.ts';
import type { StatusAnswer } from './kore/status-answer.ts';
import type { StatusCall, StatusReply } from './kore/status-api.ts';
import { isFinalStatus, isKnownStatus } from './kore/status-word.ts';
import type { Reservation } from './ledger.ts';
import type { Log } from './log.ts';
import { type Obstacle, ObstacleError } from './obstacle.ts';
import { type BudgetSight, permitFor } from './permit.ts';
import { digestOf, toRows } from './rows/delivery-log.ts';
import type { World } from './world.ts';

export interface Look {
  readonly sight: Sight;
  /** What the call budget said; absent where it was not asked or not reached. */
  readonly budget?: BudgetSight | undefined;
  /** What is known now, this check counted. */
  readonly progress: Progress;
  /** Kore's time of its latest delivery log, where this look read the table. */
  readonly latestLogAt?: string | undefined;
}

/** @param savingTime ends the saving of rows before the function's own time limit does. */
export async function look(
  request: TrackingInput,
  reservation: Reservation | undefined,
  before: Progress,
  retentionDays: number,
  world: World,
  savingTime: AbortSignal,
): Promise<Look> {
  const progress = { ...before, checks: before.checks + 1 };
  const asked = await expectObstacle(ask(request, reservation, world), world.log);
  if ('code' in asked) return { sight: { kind: 'obstacle', obstacle: asked }, progress };
  const { budget, reply, askedAt } = asked;
  if (reply.kind === 'obstacle') {
    warnOf(reply.obstacle, world.log);
    return { sight: reply, budget, progress };
  }

  const { answer } = reply;
  const { status, pageSigns } = answer;
  if (pageSigns !== undefined) world.log.warn('Kore may have more logs than it returned', { pageSigns });
  if (!isKnownStatus(status)) world.log.warn('unknown status, taken as in progress', { status });
  const answered = { ...progress, status };
  const saved = await expectObstacle(
    save(answer, askedAt, request, answered, retentionDays, world, savingTime),
    world.log,
  );
  if ('code' in saved) return { sight: { kind: 'obstacle', obstacle: saved }, budget, progress: answered };
  const { total } = saved.progress.counts;
  const expected = Math.max(request.recipients ?? 0, answer.announced ?? 0);
  return { sight: { kind: 'status', status, logs: { total, expected } }, budget, ...saved };
}

/** Turns the error of an expected failure into its obstacle; any other is a bug and goes on up. */
export async function expectObstacle<T>(attempt: Promise<T>, log: Log): Promise<T | Obstacle> {
  try {
    return await attempt;
  } catch (error) {
    if (!(error instanceof ObstacleError)) throw error;
    warnOf(error.obstacle, log, error.cause);
    return error.obstacle;
  }
}

function warnOf(obstacle: Obstacle, log: Log, cause?: unknown): void {
  const { code, message: reason, fullWindow, retryAfterSeconds } = obstacle;
  log.warn('obstacle', { code, reason, fullWindow, retryAfterSeconds, ...factsOf(cause) });
}

/** What helps to find an error of AWS; its message may quote keys, which are addresses. */
function factsOf(cause: unknown): { error?: string; awsRequestId?: string } {
  if (!(cause instanceof Error)) return {};
  const { $metadata } = cause as { $metadata?: { requestId?: string } };
  return {
    error: cause.name,
    ...($metadata?.requestId !== undefined && { awsRequestId: $metadata.requestId }),
  };
}

interface Asked {
  readonly reply: StatusReply;
  readonly budget: BudgetSight | undefined;
  /** Milliseconds since 1970: what Kore said is at least as new. */
  readonly askedAt: number;
}

/** One call to Kore, or two: where it refuses the cached credentials, the secret may have been rotated since. */
async function ask(
  request: TrackingInput,
  reservation: Reservation | undefined,
  world: World,
): Promise<Asked> {
  const secret = world.secretOf(request.streamId);
  const cached = await secret.current();
  const asked = await callWith(cached.credentials, request, reservation, world);
  if (asked.reply.kind === 'answer' || asked.reply.obstacle.code !== 'CREDENTIALS_REFUSED') return asked;
  const fresh = await secret.refetched();
  return fresh.version === cached.version ? asked : callWith(fresh.credentials, request, undefined, world);
}

async function callWith(
  credentials: Credentials,
  request: TrackingInput,
  reservation: Reservation | undefined,
  world: World,
): Promise<Asked> {
  const token = await world.signToken(credentials, world.now());
  const connection = await connectionOr(world.connectToKore(request));
  const bot = world.budgetKeyOf(request.streamId, credentials.clientId);
  // Also without a connection: the budget paces those who try, and knows whether the bot is paused.
  const { granted, goodUntil, budget } = await permitFor(bot, reservation, world);
  const askedAt = world.now();
  if (granted) {
    const reply = 'kind' in connection ? connection : await connection.ask(token, goodUntil);
    // It stays counted: nobody may use it later.
    return { reply: reply === 'late' ? OUT_OF_CALL_BUDGET : reply, budget, askedAt };
  }
  if (!('kind' in connection)) connection.drop();
  return { reply: budget?.ledger.pausedAt === undefined ? OUT_OF_CALL_BUDGET : PAUSED, budget, askedAt };
}

async function connectionOr(attempt: Promise<StatusCall>): Promise<StatusCall | StatusReply> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof ObstacleError) return { kind: 'obstacle', obstacle: error.obstacle };
    throw error;
  }
}

const OUT_OF_CALL_BUDGET: StatusReply = {
  kind: 'obstacle',
  obstacle: {
    code: 'OUT_OF_CALL_BUDGET',
    message: "No call to Kore was free: the bot's rate limit is booked by other trackings.",
  },
};

const PAUSED: StatusReply = {
  kind: 'obstacle',
  obstacle: {
    code: 'PAUSED',
    message: 'An operator has paused calls to Kore for this bot.',
  },
};

/** Where the status is final, answer and table are compared whatever the digest says: nobody looks after that. */
async function save(
  { entries, status }: StatusAnswer,
  askedAt: number,
  request: TrackingInput,
  progress: Progress,
  retentionDays: number,
  world: World,
  savingTime: AbortSignal,
): Promise<Pick<Look, 'progress' | 'latestLogAt'>> {
  const digest = digestOf(entries);
  const isKnown = entries.length === 0 || digest === progress.savedDigest;
  if (isKnown && !isFinalStatus(status)) return { progress };
  const rows = toRows(entries, request, { now: world.now(), askedAt, retentionDays });
  const { tally, isWhole } = await world.deliveryLog.saveLogs(request.requestId, rows, savingTime);
  const { latestLogAt, ...known } = tally;
  // A digest vouches for what is in the table: where a newer version is there, this answer is not.
  const { savedDigest: _, ...before } = progress;
  return { progress: { ...before, ...known, ...(isWhole && { savedDigest: digest }) }, latestLogAt };
}
