/** What an evaluator of IAM says of a tracker that is shared with an organisation: who may do what from another account. */
import { expect, it } from 'vitest';
import { judgedTemplates } from '../templates/judged-templates.ts';
import { Names, undeployed } from './deployed-names.ts';
import { simulated } from './iam-simulate.ts';
import { policiesOf } from './policies.ts';

const PLACE = { account: '111111111111', region: 'eu-central-1' };
const ORGANISATION = 'o-1234567890';
const OTHER = '222222222222';
const THIRD = '333333333333';

const { template } = judgedTemplates().find(({ name }) => name.startsWith('shared')) ?? {};
const names = new Names(template ? [undeployed('Shared', template)] : [], PLACE);
const { identity, resource } = policiesOf(names);
const policyLike = (pattern: RegExp) => resource.find((one) => pattern.test(one.resource));
const bus = policyLike(/:event-bus\//);
const starter = policyLike(/Organisation.*Starter/);
const starterPolicy = identity.find(({ principal }) => /Starter/.test(principal));
const rule = `${bus?.resource.replace(':event-bus/', ':rule/')}/their-rule`;

/** From another account, whose own policies allow everything. */
function fromAnotherAccount(action: string, on: string, context: Record<string, string> = {}) {
  return {
    principal: `arn:aws:iam::${OTHER}:role/deployer`,
    action,
    resource: on,
    account: PLACE.account,
    context: { 'aws:PrincipalOrgID': ORGANISATION, 'aws:PrincipalAccount': OTHER, ...context },
    identity: [{ Effect: 'Allow', Action: '*', Resource: '*' } as const],
    resourcePolicy: (on === starter?.resource ? starter : bus)?.statements,
  };
}

const allow = ['Allowed'];
const deny = ['ImplicitlyDenied'];

it('an account of the organisation may manage rules of its own, and no other account may', () => {
  const operations = [
    'PutRule',
    'PutTargets',
    'DescribeRule',
    'ListTargetsByRule',
    'RemoveTargets',
    'DeleteRule',
  ];
  const asked = operations.map((operation) =>
    fromAnotherAccount(`events:${operation}`, rule, { 'events:creatorAccount': OTHER }),
  );
  const strangers = asked.map((one) => ({
    ...one,
    context: { ...one.context, 'aws:PrincipalOrgID': 'o-other' },
  }));

  expect(simulated(asked)).toEqual(operations.map(() => 'Allowed'));
  expect(simulated(strangers)).toEqual(operations.map(() => 'ImplicitlyDenied'));
});

it('an account of the organisation may not touch the rules of another', () => {
  const others = fromAnotherAccount('events:PutTargets', rule, { 'events:creatorAccount': THIRD });

  expect(simulated([others])).toEqual(deny);
});

it('a rule that does not exist yet has no creator', () => {
  expect(simulated([fromAnotherAccount('events:PutRule', rule)])).toEqual(allow);
});

it('nobody from another account may put events', () => {
  expect(simulated([fromAnotherAccount('events:PutEvents', bus?.resource ?? '')])).toEqual(deny);
});

it('the starter is assumed from the organisation only, and may start trackings, ask for those of campaigns, and no more', () => {
  const assume = fromAnotherAccount('sts:AssumeRole', starter?.resource ?? '');
  const context = { ...assume.context, 'aws:PrincipalOrgID': 'o-other' };
  const asStarter = (action: string, on: string) => ({
    ...fromAnotherAccount(action, on),
    principal: starter?.resource ?? '',
    identity: starterPolicy?.statements ?? [],
    resourcePolicy: undefined,
  });
  const machineLike = (id: RegExp) => {
    const [stack] = names.stacks;
    const machines = stack === undefined ? [] : names.ofType(stack, 'AWS::StepFunctions::StateMachine');
    return machines.flatMap(([one]) => (stack && id.test(one) ? names.arn(one, stack) : []))[0] ?? '';
  };
  const tracking = machineLike(/Tracking/);
  const campaigns = machineLike(/Campaigns/);
  const executionOf = (machine: string) => `${machine.replace(':stateMachine:', ':execution:')}:any`;
  const may = (action: string, ...resources: string[]) =>
    simulated(resources.map((one) => asStarter(`states:${action}`, one)));

  expect(simulated([assume, { ...assume, context }])).toEqual([...allow, ...deny]);
  expect(may('StartExecution', tracking, campaigns, machineLike(/Reporter/))).toEqual([
    ...allow,
    ...allow,
    ...deny,
  ]);
  expect(may('DescribeExecution', executionOf(tracking), executionOf(campaigns))).toEqual([
    ...deny,
    ...allow,
  ]);
  expect(may('StopExecution', executionOf(tracking), executionOf(campaigns))).toEqual([...deny, ...deny]);
});

it('a wrong condition is noticed', () => {
  const own = fromAnotherAccount('events:PutRule', rule);
  const text = JSON.stringify(own.resourcePolicy).replaceAll(ORGANISATION, 'o-mistaken');

  expect(simulated([{ ...own, resourcePolicy: JSON.parse(text) }])).toEqual(deny);
});
