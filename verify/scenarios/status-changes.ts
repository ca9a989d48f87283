import type { Scenario, Seen } from '../scenario.ts';
import { newNotification } from '../world/notification.ts';
import type { WitnessedEvent } from '../world/witness.ts';
import type { World } from '../world/world.ts';

const COMES_WITHIN_SECONDS = 60;

export const STATUS_CHANGES: Scenario = {
  name: 'status-changes',
  does: "Stops one tracking, lets one fail, and reads Step Functions' own events and the final ones.",
  settles: [
    {
      id: 'stop-is-told',
      says: 'A stop comes as a status change ABORTED, whose error and cause are absent or null',
      agrees: [
        { status: 'ABORTED', error: 'absent', cause: 'absent' },
        { status: 'ABORTED', error: 'null', cause: 'null' },
      ],
      notInEmulator: 'its fields are copied from the docs',
    },
    {
      id: 'failure-is-told',
      says: 'A failure comes as a status change FAILED with the error of the Fail state',
      agrees: [{ status: 'FAILED', error: 'TrackingFailed', cause: 'text' }],
      notInEmulator: 'its fields are copied from the docs',
    },
    {
      id: 'stop-ends-in-one-event',
      says: 'A stopped tracking ends in one event of the reporter, TRACKING_INTERRUPTED',
      agrees: [{ finalEvents: 1, code: 'TRACKING_INTERRUPTED' }],
    },
    {
      id: 'failure-ends-in-one-event',
      says: 'A failed tracking ends in one event, and the reporter adds none',
      agrees: [{ finalEvents: 1, code: 'INVALID_INPUT' }],
    },
    {
      id: 'resources-name-the-execution',
      says: 'EventBridge puts the ARNs of execution and state machine into resources of an event that a task puts',
      agrees: ['execution, state machine'],
      notInEmulator: 'it sets no resources',
    },
  ],
  async run(world) {
    const { tracker, trackings, witness } = world;
    const input = newNotification(120);
    const stopped = await trackings.start(tracker, input.requestId, input);
    const invalid = await trackings.start(tracker, `${input.requestId}-invalid`, { requestId: '../users' });
    await world.until('a check', COMES_WITHIN_SECONDS, async () => {
      return (await trackings.states(stopped)).includes('Delivery final?');
    });
    await trackings.stop(stopped);

    const abort = await statusChange(world, stopped, 'ABORTED');
    const failure = await statusChange(world, invalid, 'FAILED');
    const interruption = await finalEvent(world, stopped);
    const failed = await finalEvent(world, invalid);
    const endOf = (executionArn: string, event: WitnessedEvent): Seen => ({
      finalEvents: witness.finalEvents(executionArn).length,
      code: event.detail.data.error?.code ?? null,
    });
    return {
      seen: {
        'stop-is-told': fieldsOf(abort),
        'failure-is-told': fieldsOf(failure),
        'stop-ends-in-one-event': endOf(stopped, interruption),
        'failure-ends-in-one-event': endOf(invalid, failed),
        'resources-name-the-execution': resourcesOf(failed, invalid, tracker.stateMachineArn),
      },
      fixtures: { abort, failure, interruption, failed },
    };
  },
};

export async function statusChange(world: World, executionArn: string, status: string) {
  return world.until(`status change ${status}`, COMES_WITHIN_SECONDS, async () => {
    return world.witness.statusChanges(executionArn).find(({ detail }) => detail.status === status);
  });
}

/** The first of an execution; a repeat would come within the moment that is waited for it. */
async function finalEvent(world: World, executionArn: string): Promise<WitnessedEvent> {
  const event = await world.until('final event', COMES_WITHIN_SECONDS, async () => {
    return world.witness.finalEvents(executionArn)[0];
  });
  const REPEAT_WITHIN_SECONDS = world.place.isEmulator ? 3 : 15;
  await world
    .until('a repeat', REPEAT_WITHIN_SECONDS, async () => world.witness.finalEvents(executionArn).length > 1)
    .catch(() => {});
  return event;
}

function fieldsOf({ detail }: WitnessedEvent): Seen {
  return {
    status: detail.status,
    error: kindOf(detail, 'error'),
    cause: detail.cause ? 'text' : kindOf(detail, 'cause'),
  };
}

function kindOf(detail: WitnessedEvent['detail'], field: string): Seen {
  if (!(field in detail)) return 'absent';
  return detail[field] === null ? 'null' : detail[field];
}

function resourcesOf({ resources }: WitnessedEvent, executionArn: string, stateMachineArn: string): Seen {
  const names: Record<string, string> = { [executionArn]: 'execution', [stateMachineArn]: 'state machine' };
  return resources.map((arn) => names[arn] ?? 'another').join(', ');
}
