import { DescribeStateMachineCommand, DescribeStateMachineForExecutionCommand } from '@aws-sdk/client-sfn';
import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { newNotification } from '../world/notification.ts';

const CHECKED_WITHIN_SECONDS = 60;
/** Longer than an update takes. */
const DELIVERY_SECONDS = { emulator: 30, aws: 300 };
const ENDS_WITHIN_SECONDS = 120;

export const UPDATE: Scenario = {
  name: 'update',
  does: 'Deploys other code and another schedule while a tracking waits.',
  // The others would meet the functions in the middle of it.
  alone: true,
  settles: [
    {
      id: 'update-loses-no-tracking',
      says: 'A tracking that waits during an update of code and configuration ends in one event',
      agrees: [{ status: 'SUCCEEDED', finalEvents: 1 }],
    },
    {
      id: 'update-keeps-the-definition',
      says: 'An execution that waits keeps the definition with which it was started',
      agrees: [{ isKept: true, isChanged: true }],
      notInEmulator: 'what it says of a definition is no word on AWS',
    },
  ],
  async run({ aws, place, tracker, trackings, until, pause, witness, redeploy }) {
    const { stateMachineArn } = tracker;
    const ofExecution = async (executionArn: string) =>
      (await aws.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).definition;
    const ofMachine = async () =>
      (await aws.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition;
    const deliverySeconds = place.isEmulator ? DELIVERY_SECONDS.emulator : DELIVERY_SECONDS.aws;
    const input = newNotification(deliverySeconds);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    await until('a check', CHECKED_WITHIN_SECONDS, async () => {
      return (await trackings.states(executionArn)).includes('Delivery final?');
    });
    const started = await ofMachine();
    await redeploy();
    const hasWaited = (await trackings.status(executionArn)) === 'RUNNING';
    const seconds = deliverySeconds + ENDS_WITHIN_SECONDS;
    const status = await until('the end', seconds, async () => {
      const now = await trackings.status(executionArn);
      return now !== 'RUNNING' && now;
    });
    await until('the final event', 60, async () => witness.finalEvents(executionArn).length > 0);
    await pause(place.isEmulator ? 2 : 15);
    const isKept = (await ofExecution(executionArn)) === started;
    const isChanged = (await ofMachine()) !== started;
    const errors = await trackings.errors(executionArn);
    const finalEvents = witness.finalEvents(executionArn).length;
    const shown = (seen: Seen): Seen | NotShown => {
      if (!hasWaited && status === 'SUCCEEDED') return new NotShown('it ended before the update had');
      return isChanged ? seen : new NotShown('the update changed no definition');
    };
    return {
      seen: {
        'update-loses-no-tracking': shown({ status, finalEvents }),
        'update-keeps-the-definition': shown({ isKept, isChanged }),
      },
      // Between the two calls of an update, new code may have met the old environment.
      fixtures: { errors, finalEvents: witness.finalEvents(executionArn) },
    };
  },
};
