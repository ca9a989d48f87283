import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { secondAccountTemplate } from '../stack/second-account-template.ts';
import { newNotification } from '../world/notification.ts';
import { type WitnessedEvent, witnessOf } from '../world/witness.ts';
import type { SecondAccount, World } from '../world/world.ts';

const WITHIN_SECONDS = 60;
/** A rule that was just made may not have the first. */
const TRACKINGS = 3;

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
  async run(world) {
    const { region, second, tracker } = world;
    if (second === undefined) throw new Error('there is no second account');
    const template = secondAccountTemplate({ account: second.accountId, region }, tracker);
    const { isCreated, status, outputs, reasons } = await second.stacks.create('second', template);
    const event = isCreated ? await eventIn(world, second, outputs.QueueUrl ?? '') : undefined;
    await second.stacks.delete('second');
    const delivered: Seen | NotShown = isCreated
      ? event === undefined
        ? 'not delivered'
        : 'delivered'
      : new NotShown('its rule was not made');
    return {
      seen: {
        'second-account-makes-a-rule': status,
        'second-account-gets-the-event': delivered,
      },
      fixtures: { creation: { status, reasons }, event: event ?? null },
    };
  },
};

/** The first final event that comes to the second account, of a few trackings whose events came to the first. */
async function eventIn(
  { tracker, trackings, until, witness: atHome }: World,
  { aws }: SecondAccount,
  queueUrl: string,
): Promise<WitnessedEvent | undefined> {
  const witness = witnessOf(queueUrl, aws.sqs);
  try {
    for (let number = 0; number < TRACKINGS; number += 1) {
      const input = newNotification(2);
      const executionArn = await trackings.start(tracker, input.requestId, input);
      await until('the final event', WITHIN_SECONDS, async () => atHome.finalEvents(executionArn).length > 0);
      const event = await until('the event in the second account', WITHIN_SECONDS, async () => {
        return witness.finalEvents(executionArn)[0];
      }).catch(() => undefined);
      if (event !== undefined) return event;
    }
    return undefined;
  } finally {
    await witness.close();
  }
}
