import { NotShown, type Scenario } from '../scenario.ts';
import { denyTemplate } from '../stack/small-templates.ts';
import { newNotification } from '../world/notification.ts';
import type { HistoryError } from '../world/trackings.ts';
import type { World } from '../world/world.ts';

/** IAM takes a while: until then trackings end as ever, and another one is started. */
const TRACKINGS = 8;
const REFUSED_WITHIN_SECONDS = 60;
/** The publish is retried after two minutes at most, and IAM takes its time. */
const PUBLISHED_WITHIN_SECONDS = 300;

export const RIGHT_TAKEN_AWAY: Scenario = {
  name: 'right-taken-away',
  does: 'Takes the right to put events from the state machine until a publish was refused, and gives it back.',
  alone: true,
  settles: [
    {
      id: 'refused-publish-is-retried',
      says: 'A publish that IAM refuses is retried, and once it is permitted the tracking ends in one event',
      agrees: [{ wasRefused: true, status: 'SUCCEEDED', finalEvents: 1 }],
      notInEmulator: 'it permits state machines everything',
    },
  ],
  impossible: ({ place }) =>
    place.isEmulator ? 'emulator: it permits state machines everything' : undefined,
  async run(world) {
    const { stacks, tracker, trackings, until, witness } = world;
    let refused: Refused | undefined;
    try {
      await stacks.create('deny', denyTemplate(tracker.roleName, 'events:PutEvents', tracker.eventBusArn));
      refused = await refusedTracking(world);
    } finally {
      await stacks.delete('deny');
    }
    if (refused === undefined) {
      const why = `IAM refused the publish of none of ${TRACKINGS} trackings`;
      return { seen: { 'refused-publish-is-retried': new NotShown(why) } };
    }
    const { executionArn, errors } = refused;
    const status = await until('the end', PUBLISHED_WITHIN_SECONDS, async () => {
      const now = await trackings.status(executionArn);
      return now !== 'RUNNING' && now;
    });
    // Where none comes that is what was seen.
    await until('the final event', 60, async () => witness.finalEvents(executionArn).length > 0).catch(
      () => {},
    );
    const finalEvents = witness.finalEvents(executionArn).length;
    return {
      seen: { 'refused-publish-is-retried': { wasRefused: true, status, finalEvents } },
      fixtures: { refused: errors, history: await trackings.history(executionArn) },
    };
  },
};

interface Refused {
  readonly executionArn: string;
  readonly errors: readonly HistoryError[];
}

async function refusedTracking({ tracker, trackings, until }: World): Promise<Refused | undefined> {
  for (let number = 0; number < TRACKINGS; number += 1) {
    const input = newNotification(2);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    const errors = await until('a refused publish', REFUSED_WITHIN_SECONDS, async () => {
      const found = (await trackings.errors(executionArn)).filter(isOfPublish);
      if (found.length > 0) return found;
      return (await trackings.status(executionArn)) !== 'RUNNING' && [];
    });
    if (errors.length > 0) return { executionArn, errors };
  }
  return undefined;
}

function isOfPublish({ error = '', cause = '' }: HistoryError): boolean {
  return /EventBridge|PutEvents/i.test(`${error} ${cause}`);
}
