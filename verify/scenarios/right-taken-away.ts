import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import { denyTemplate } from '../stack/small-templates.ts';
import { newNotification } from '../world/notification.ts';

const IAM_TAKES_SECONDS = 20;
const REFUSED_WITHIN_SECONDS = 120;
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
  async run({ stacks, tracker, trackings, until, witness }) {
    await stacks.create('deny', denyTemplate(tracker.roleName, 'events:PutEvents', tracker.eventBusArn));
    await sleep(IAM_TAKES_SECONDS * 1000);
    const input = newNotification(2);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    const refused = await until('a refused publish', REFUSED_WITHIN_SECONDS, async () => {
      const errors = await trackings.errors(executionArn);
      if (errors.length > 0) return errors;
      return (await trackings.status(executionArn)) !== 'RUNNING' && [];
    });
    await stacks.delete('deny');
    const status = await until('the end', PUBLISHED_WITHIN_SECONDS, async () => {
      const now = await trackings.status(executionArn);
      return now !== 'RUNNING' && now;
    });
    await until('the final event', 30, async () => witness.finalEvents(executionArn).length > 0);
    const finalEvents = witness.finalEvents(executionArn).length;
    return {
      seen: { 'refused-publish-is-retried': { wasRefused: refused.length > 0, status, finalEvents } },
      fixtures: { refused, history: await trackings.history(executionArn) },
    };
  },
};
