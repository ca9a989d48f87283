/** What the state machine asks first: when to check. It calls nobody but the call budget, which counts the start and books the call. */
import type { TrackingInput } from '../../contract/tracking-input.ts';
import { bookNextCheck } from './book-next-check.ts';
import { readBudget } from './budget/claim-call.ts';
import type { CheckSettings } from './environment.ts';
import { foresee } from './foresee.ts';
import type { Execution, Invocation, Waiting } from './invocation/invocation.ts';
import { toTimestamp, waitUntil } from './invocation/wait-until.ts';
import { expectObstacle } from './obstacle.ts';
import { momentOf } from './schedule/moment.ts';
import { planNextCheck } from './schedule/plan-next-check.ts';
import type { World } from './world.ts';

export async function planFirstCheck(
  execution: Execution,
  tracking: Invocation['tracking'],
  settings: CheckSettings,
  world: World,
): Promise<Waiting> {
  // A check rejects it: it alone may end an execution. Without progress, which only an input that was accepted has.
  if (!tracking.valid) {
    return {
      outcome: 'waiting',
      nextCheckAt: toTimestamp(world.now()),
      request: tracking.input as TrackingInput,
    };
  }
  const { request, progress, failures } = tracking;
  const { requestId, streamId, campaignId, correlationId } = request;
  const log = world.log.about({ requestId, streamId, campaignId, correlationId });
  const ports = { ...world, log };
  const named = await expectObstacle(quotaKeyFor(request, world), log);
  const quota = named.obstacle === undefined ? await readBudget(named.value, ports) : undefined;

  const moment = momentOf(execution, settings, world.now());
  const forecast = await foresee(request, quota, moment.now, settings, ports);
  const outlook = {
    ...forecast,
    moment,
    checks: 0,
    seenSeconds: 0,
    obstacle: undefined,
    lastHourlyWaitSeconds: undefined,
  };
  const next = planNextCheck(settings.schedule, outlook, world.random());
  const lesson = { lived: [], startedAt: Date.parse(execution.startedAt) };
  const { wakesAt, booked } = await bookNextCheck(next, lesson, quota, moment, ports);
  const planned = waitUntil(wakesAt, { execution, request, progress, failures }, settings, booked);
  log.info('planned', { nextCheckAt: planned.nextCheckAt });
  return planned;
}

/** @throws ObstacleError where the secret, which may name the key, cannot be read; the first check tells of it. */
async function quotaKeyFor({ streamId }: TrackingInput, world: World): Promise<string> {
  const { secret, quotaKeyOf } = await world.accessTo(streamId);
  const { credentials } = await secret.current();
  return quotaKeyOf(credentials.clientId);
}
