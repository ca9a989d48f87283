import type { Scenario } from '../scenario.ts';
import { secondAccountTemplate } from '../stack/second-account-template.ts';
import { newNotification } from '../world/notification.ts';
import { type WitnessedEvent, witnessOf } from '../world/witness.ts';

const WITHIN_SECONDS = 90;

export const SECOND_ACCOUNT: Scenario = {
  name: 'second-account',
  does: "Makes a rule on the tracker's bus from a second account, with a queue there, and tracks a notification.",
  settles: [
    {
      id: 'second-account-makes-a-rule',
      says: "An account that shareWith names may make a rule of its own on the tracker's bus by CloudFormation",
      agrees: ['CREATE_COMPLETE'],
    },
    {
      id: 'second-account-gets-the-event',
      says: 'Its rule delivers the final event to a queue in its own account',
      agrees: ['delivered'],
    },
  ],
  impossible: ({ second }) => (second === undefined ? 'needs --second-profile' : undefined),
  async run({ region, second, tracker, trackings, until }) {
    if (second === undefined) throw new Error('there is no second account');
    const template = secondAccountTemplate({ account: second.accountId, region }, tracker);
    const { isCreated, status, outputs, reasons } = await second.stacks.create('second', template);
    let event: WitnessedEvent | undefined;
    if (isCreated) {
      const witness = witnessOf(outputs.QueueUrl ?? '', second.aws.sqs);
      const input = newNotification(2);
      const executionArn = await trackings.start(tracker, input.requestId, input);
      event = await until('the event in the second account', WITHIN_SECONDS, async () => {
        return witness.finalEvents(executionArn)[0];
      }).catch(() => undefined);
      await witness.close();
    }
    await second.stacks.delete('second');
    return {
      seen: {
        'second-account-makes-a-rule': status,
        'second-account-gets-the-event': event === undefined ? 'not delivered' : 'delivered',
      },
      fixtures: { creation: { status, reasons }, event: event ?? null },
    };
  },
};
