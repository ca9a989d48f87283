import type { Scenario } from '../scenario.ts';
import { newNotification } from '../world/notification.ts';
import { statusChange } from './status-changes.ts';

const WITHIN_SECONDS = 90;

export const REDRIVE: Scenario = {
  name: 'redrive',
  does: 'Stops a tracking, redrives it, and compares its final events.',
  settles: [
    {
      id: 'redrive-keeps-the-arn',
      says: 'RedriveExecution keeps the ARN of the execution, and its status changes are told',
      agrees: ['RUNNING told under the same ARN'],
    },
    {
      id: 'redrive-repeats-the-event',
      says: 'A redriven tracking repeats the event of its stop, equal byte for byte',
      agrees: [{ finalEvents: 2, areEqual: true }],
    },
  ],
  impossible: ({ place }) => (place.isEmulator ? 'emulator: it knows no redrive' : undefined),
  async run(world) {
    const { tracker, trackings, until, witness } = world;
    const input = newNotification(30);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    await until('a check', WITHIN_SECONDS, async () => {
      return (await trackings.states(executionArn)).includes('Delivery final?');
    });
    await trackings.stop(executionArn);
    await until('the final event of the stop', WITHIN_SECONDS, async () => {
      return witness.finalEvents(executionArn).length > 0;
    });
    await trackings.redrive(executionArn);
    const redriven = await until('the redrive is told', WITHIN_SECONDS, async () => {
      const told = witness.statusChanges(executionArn);
      return told.find(({ detail }) => detail.status === 'RUNNING' && detail.redriveCount > 0);
    }).catch(() => undefined);
    await until('the end', WITHIN_SECONDS, async () => (await trackings.status(executionArn)) !== 'RUNNING');
    // Where none comes that is what was seen.
    await until('the repeat', WITHIN_SECONDS, async () => witness.finalEvents(executionArn).length > 1).catch(
      () => {},
    );
    const details = witness.finalEvents(executionArn).map(({ detail }) => JSON.stringify(detail));
    const ended = await statusChange(world, executionArn, await trackings.status(executionArn));
    return {
      seen: {
        'redrive-keeps-the-arn': redriven ? 'RUNNING told under the same ARN' : 'not told',
        'redrive-repeats-the-event': { finalEvents: details.length, areEqual: new Set(details).size === 1 },
      },
      fixtures: { redriven, ended, finalEvents: witness.finalEvents(executionArn) },
    };
  },
};
