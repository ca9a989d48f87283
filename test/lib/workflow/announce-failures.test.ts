/** What `announceFailures` adds to the definition, and that it adds nothing where it is left out. */
import { describe, expect, inject, it } from 'vitest';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { outputOf } from '../../../local/aws/jsonata-state.ts';
import { WAITING_STATE } from '../../waiting-state.ts';
import type { Fields } from '../../workflow/tracking-harness.ts';
import { definitionsOf } from '../definitions-of.ts';

const silent = readDeployment(inject('assembly'), 'DeliveryTracker');
const announcing = definitionsOf({ announceFailures: true });
const statesOf = ({ definition }: { definition: string }): Record<string, Fields> =>
  JSON.parse(definition).States;
const states = statesOf(announcing.stateMachine);

const ADDED = [
  'Announce with the next check',
  'End without announcing',
  'Publish last recipients not reached',
  'Publish recipients not reached',
];
const outcomesOf = (states: Record<string, Fields>): string[] =>
  states['Delivery final?']?.Choices.map(({ StringEquals, And }: Fields) =>
    And === undefined ? StringEquals : And.map((one: Fields) => one.StringEquals).join(' and '),
  );

describe('without announceFailures', () => {
  it('every definition is byte for byte that of a tracker that was told not to', () => {
    const { stateMachine, campaignStateMachine, reporter } = definitionsOf({ announceFailures: false });

    expect(stateMachine).toEqual(silent.stateMachine);
    expect(campaignStateMachine).toEqual(silent.campaignStateMachine);
    expect(reporter).toEqual(silent.reporter);
  });

  it('the function is not asked to announce, and its answer cannot lead there', () => {
    expect(silent.stateMachine.definition).not.toMatch(/announc|not reached/i);
  });
});

describe('with announceFailures', () => {
  it('there are four states more and one outcome more, and everything else stays as it is', () => {
    const { 'Check delivery': check, 'Delivery final?': final, ...others } = states;
    const added = Object.keys(others).filter((name) => ADDED.includes(name));
    const kept = Object.fromEntries(Object.entries(others).filter(([name]) => !ADDED.includes(name)));
    const {
      'Check delivery': silentCheck,
      'Delivery final?': silentFinal,
      ...before
    } = statesOf(silent.stateMachine);

    expect(added.toSorted()).toEqual(ADDED);
    expect(kept).toEqual(before);
    expect(outcomesOf(states)).toEqual([
      ...outcomesOf(statesOf(silent.stateMachine)),
      'announcing and waiting',
      'announcing',
    ]);
    expect(final?.Choices.slice(0, -2)).toEqual(silentFinal?.Choices);
    const { announces, ...payload } = check?.Parameters.Payload ?? {};
    expect(announces).toBe(true);
    expect({ ...check, Parameters: { ...check?.Parameters, Payload: payload } }).toEqual(silentCheck);
  });

  it('campaigns and the reporter are the same', () => {
    expect(announcing.campaignStateMachine).toEqual(silent.campaignStateMachine);
    expect(announcing.reporter).toEqual(silent.reporter);
  });

  it.each(['Publish recipients not reached', 'Publish last recipients not reached'])(
    '"%s" publishes an announcement before the execution goes on by what it holds',
    (name) => {
      expect(states[name]).toMatchObject({
        ResultPath: null,
        OutputPath: '$.then',
        Next: 'Delivery final?',
      });
      expect(states[name]?.Parameters.Entries).toEqual([
        {
          Source: 'notification-delivery-tracker',
          DetailType: 'Notification Recipients Not Reached',
          'Detail.$': '$.detail',
          EventBusName: expect.stringContaining('event-bus/'),
        },
      ]);
    },
  );

  it('while the execution waits one is tried for a minute at most, and then put off', () => {
    const { Retry, Catch } = states['Publish recipients not reached'] ?? {};

    expect(longestOf(Retry)).toBe(60);
    expect(Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Announce with the next check' },
    ]);
    expect(states['Announce with the next check']?.Next).toBe('Delivery final?');
  });

  it('before the end one is tried for five minutes in the mean, and the execution ends all the same', () => {
    const { Retry, Catch } = states['Publish last recipients not reached'] ?? {};

    expect(longestOf(Retry) / 2).toBe(300);
    expect(Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'End without announcing' },
    ]);
    expect(states['End without announcing']).toMatchObject({ OutputPath: '$.then', Next: 'Delivery final?' });
  });
});

/** Seconds that all retries wait at most; with full jitter half of it in the mean. */
function longestOf([retry]: Fields[]): number {
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts } = retry ?? {};
  const waits = Array.from({ length: MaxAttempts }, (_, i) =>
    Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** i),
  );
  return waits.reduce((sum, wait) => sum + wait, 0);
}

describe('the state "Announce with the next check"', () => {
  const putOff = (input: object) =>
    outputOf(states['Announce with the next check'] as never)({ input, context: {} });
  const progress = { ...WAITING_STATE.progress, announced: 'AAAAAAAABBBBBBBB' };
  const announcement = { outcome: 'announcing', detail: { metadata: {}, data: {} } };

  it.each(['AAAAAAAA', ''])(
    'leaves a waiting execution as it is, with "%s" announced',
    async (announcedBefore) => {
      const then = { ...WAITING_STATE, progress };

      expect(await putOff({ ...announcement, then, announcedBefore })).toEqual({
        ...then,
        progress: { ...progress, announced: announcedBefore },
      });
    },
  );

  it('takes a waiting execution without progress', async () => {
    const { progress: _, ...then } = WAITING_STATE;

    expect(await putOff({ ...announcement, then, announcedBefore: '' })).toEqual({
      ...then,
      progress: { announced: '' },
    });
  });
});
