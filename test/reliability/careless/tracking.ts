/** An attempt at a notification: what its state machine does, and what the reporter does in its place. */
import { summaryOf } from '../../../lambdas/check-delivery/ending/final-event.ts';
import { endedBy, finalEventRow } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { Ended } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import { startExecution } from './execution.ts';
import { invoke } from './invocation.ts';
import type { CarelessExecution } from './machine.ts';
import type { Notification } from './notification.ts';
import { reportIfUntold } from './reporter.ts';
import type { StepFunctions } from './step-functions.ts';

export type Attempt = CarelessExecution<Ended>;

const inputOf = ({ requestId, campaignId, planned }: Notification) => ({
  requestId,
  streamId: `st-${planned.bot}`,
  ...(campaignId !== undefined && { campaignId }),
  ...(planned.announces === 'recipients' && { recipients: Math.max(1, planned.recipients) }),
  ...(planned.announces === 'too many' && { recipients: planned.recipients + 2 }),
});

export function startTracking(
  notification: Notification,
  attempt: number,
  stepFunctions: StepFunctions,
): Attempt {
  const { requestId, time, random, faults, planned } = notification;
  const name = attempt === 1 ? requestId : `${requestId}--${attempt}`;
  const { eventRetries, checkFailed, putOff } = stepFunctions;
  const doesAnnounce = planned.unpublished !== undefined;
  const recordEnd = (ended: Ended) => record(notification, ended);
  return startExecution<Ended>(
    {
      ...{ name, arn: `arn:${name}`, input: inputOf(notification), time, random, faults },
      plans: true,
      ...(doesAnnounce && { more: { announces: true } }),
      unpublished: planned.unpublished,
      invoke: (payload) => invoke(payload, notification),
      ...{ eventRetries, checkFailed, putOff, record: recordEnd },
    },
    (ended) => reportIfUntold(ended, { ...planned, time, random, faults, record: recordEnd }, stepFunctions),
  );
}

/** `Record final event` and `Save summary`: the end that won. */
async function record({ time, random, stores }: Notification, ended: Ended): Promise<Ended> {
  const kept = { now: time.now(), retentionDays: 90 };
  await time.sleep(random.between(1, 500));
  const won = endedBy(await stores.finalEvents.record(finalEventRow(ended, kept)));
  await time.sleep(random.between(1, 500));
  await stores.deliveryLog.saveSummary(summaryOf(won.detail, won.outcome, kept));
  await time.sleep(random.between(1, 100));
  return won;
}
