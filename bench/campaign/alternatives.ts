/** What a user would pick instead. None knows a budget, and all poll until they know, their attempt limits lifted. */
import type { Random } from './campaign.ts';
import type { Policy, SimulatedMoment } from './simulation.ts';

/** A wait state of 30 s, as the job poller of AWS's samples has it. */
export function fixedWait(): Policy {
  return poller(30, () => 30);
}

/** The waiter of the CDK's custom resource provider: a task retried every 5 s. */
export function cdkWaiter(): Policy {
  return poller(0, () => 5);
}

/** The defaults of `waitForCondition` in Lambda's durable functions: 5 s, growing by half to 300 s, full jitter. */
export function waitForCondition(random: Random): Policy {
  return poller(0, ({ checks }) =>
    Math.max(1, Math.round(random() * Math.min(300, 5 * 1.5 ** (checks - 1)))),
  );
}

/** A quarter of the time elapsed, from 5 to 300 s, give or take a fifth; refused calls are retried like others. */
export function geometric(random: Random): Policy {
  return poller(5, ({ now, delivery }) => {
    const wait = Math.min(300, Math.max(5, (now - delivery.startedAt) / 4_000));
    return wait * (0.8 + 0.4 * random());
  });
}

function poller(firstCheckSeconds: number, waitSeconds: (moment: SimulatedMoment) => number): Policy {
  return {
    firstCheckAt: ({ delivery }) => delivery.startedAt + firstCheckSeconds * 1_000,
    async check(moment) {
      return moment.call() === 'final' ? 'ended' : moment.now + waitSeconds(moment) * 1_000;
    },
  };
}
