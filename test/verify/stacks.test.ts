import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { runNameOf } from '../../verify/world/run-name.ts';
import { stacksOf } from '../../verify/world/stacks.ts';
import { untilIn } from '../../verify/world/until.ts';

const RUN = 'delivery-tracker-verify-1a2b3c4d';
const never = new AbortController().signal;

/** CloudFormation with these stacks, each in these states one after the other, and then deleted once that is asked for. */
function cloudFormation(stacks: Record<string, string[]>) {
  const calls: string[] = [];
  const refusals = new Set<string>();
  const named = (wanted: string) =>
    Object.entries(stacks).filter(([name]) => wanted === '' || name === wanted);
  const send = async ({
    constructor: { name: command },
    input,
  }: {
    constructor: { name: string };
    input: { StackName?: string };
  }) => {
    const { StackName = '' } = input;
    if (command !== 'DescribeStacksCommand') calls.push(`${command} ${StackName}`);
    switch (command) {
      case 'DescribeStacksCommand':
        if (StackName !== '' && !(StackName in stacks)) throw missing();
        return {
          Stacks: named(StackName).map(([name, states]) => ({
            StackName: name,
            StackId: `id of ${name}`,
            StackStatus: states.length > 1 ? states.shift() : states[0],
          })),
        };
      case 'DeleteStackCommand':
        if (refusals.delete(StackName)) throw new Error('Rate exceeded');
        if (stacks[StackName]?.[0] !== 'DELETE_FAILED') delete stacks[StackName];
        return {};
      case 'ListStackResourcesCommand':
        return {
          StackResourceSummaries: [
            { ResourceType: 'AWS::SQS::Queue', PhysicalResourceId: 'q', ResourceStatus: 'DELETE_COMPLETE' },
            {
              ResourceType: 'AWS::Logs::LogGroup',
              PhysicalResourceId: 'l',
              ResourceStatus: 'DELETE_SKIPPED',
            },
          ],
        };
      default:
        return {};
    }
  };
  return {
    calls,
    stacks,
    /** Stacks whose deletion is refused once. */
    refusals,
    client: Object.assign(new CloudFormationClient({ region: 'eu-central-1' }), { send }),
  };
}

const missing = () => Object.assign(new Error('it does not exist'), { name: 'ValidationError' });

const stacksIn = ({ client }: { client: CloudFormationClient }, ended = never) =>
  stacksOf(RUN, client, ended, untilIn(never, 1));

describe('the stacks of a run', () => {
  it('are deleted, all of them and no others, and what CloudFormation kept of them is named', async () => {
    const account = cloudFormation({
      [`${RUN}-trackers`]: ['CREATE_COMPLETE'],
      [`${RUN}-kore`]: ['ROLLBACK_COMPLETE'],
      'delivery-tracker-verify-99999999-kore': ['CREATE_COMPLETE'],
      DeliveryTracker: ['CREATE_COMPLETE'],
    });

    const left = await stacksIn(account).deleteAll();

    expect(Object.keys(account.stacks)).toEqual(['delivery-tracker-verify-99999999-kore', 'DeliveryTracker']);
    expect(left).toEqual(['AWS::Logs::LogGroup l']);
  });

  it('are deleted also in the middle of an update', async () => {
    const account = cloudFormation({
      [`${RUN}-trackers`]: ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'],
    });

    await stacksIn(account).deleteAll();

    expect(account.calls.slice(0, 2)).toEqual([
      `CancelUpdateStackCommand ${RUN}-trackers`,
      `DeleteStackCommand ${RUN}-trackers`,
    ]);
    expect(account.stacks).toEqual({});
  });

  it('are deleted in another round where one was refused, and the others all the same', async () => {
    const account = cloudFormation({
      [`${RUN}-kore`]: ['CREATE_COMPLETE'],
      [`${RUN}-trackers`]: ['CREATE_COMPLETE'],
    });
    account.refusals.add(`${RUN}-kore`);

    const left = await stacksIn(account).deleteAll();

    expect(account.stacks).toEqual({});
    expect(left).toEqual(['AWS::Logs::LogGroup l']);
  });

  it('that cannot be deleted are named', async () => {
    const account = cloudFormation({ [`${RUN}-trackers`]: ['DELETE_FAILED'] });

    expect(await stacksIn(account).deleteAll()).toEqual([`stack ${RUN}-trackers`]);
  });

  it('are not made once the run has ended', async () => {
    const account = cloudFormation({});

    await expect(stacksIn(account, AbortSignal.abort()).create('bus', {})).rejects.toThrow();
    expect(account.calls).toEqual([]);
  });
});

describe('the name of a run', () => {
  it.each([
    [`${RUN}-trackers`, RUN],
    [RUN, RUN],
    ['delivery-tracker-verify-production', undefined],
    [`my-${RUN}`, undefined],
    [`${RUN}ff`, undefined],
    ['DeliveryTracker', undefined],
  ])('of a stack %s is %s', (stack, run) => {
    expect(runNameOf(stack)).toBe(run);
  });
});
