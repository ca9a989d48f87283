/** What evaluators of IAM say of templates that the end-to-end run does not deploy, and that they notice a fault of each kind. */
import { describe, expect, it } from 'vitest';
import { judgedTemplates } from '../templates/judged-templates.ts';
import { type AwsRequest, askedBy } from './aws-request.ts';
import { Names, undeployed } from './deployed-names.ts';
import {
  operatorName,
  permissionsByCommand,
  permissionsOfOperators,
  trackerArns,
} from './documented-permissions.ts';
import { EXPLANATIONS } from './explanations.ts';
import { allStates, requestsInsideAws, roleOf } from './inside-aws.ts';
import { type Run, refusals, superfluous } from './judge.ts';
import { policiesOf, type Statement } from './policies.ts';

const REGION = 'eu-central-1';
const TEMPLATES = judgedTemplates();
const VARIANTS = [...new Set(TEMPLATES.map(({ name }) => name.split(':')[0] ?? ''))];

/** What runs by itself once it is deployed, in an account of its own. */
function runOf(variant: string): Run & { readonly names: Names } {
  const account = String(100_000_000_000 + VARIANTS.indexOf(variant));
  const stacks = TEMPLATES.filter(({ name }) => name.startsWith(`${variant}: `)).map(({ name, template }) =>
    undeployed(name.replace(/^.*: /, ''), template),
  );
  const names = new Names(stacks, { account, region: REGION });
  return { names, policies: policiesOf(names), requests: requestsInsideAws(names, allStates(names)) };
}

/** With the policy that the owner of a resource in another account has to write. */
function withOthers({ policies, requests, names }: ReturnType<typeof runOf>): Run {
  const foreign = requests.filter(({ account }) => account !== names.place.account);
  const resource = foreign.map(({ principalArn, action, resource }) => ({
    resource,
    statements: [
      { Effect: 'Allow', Principal: { AWS: principalArn }, Action: action, Resource: resource } as const,
    ],
  }));
  return { requests, policies: { ...policies, resource: [...policies.resource, ...resource] } };
}

function inOne(runs: readonly Run[]): Run {
  const named = <T extends { readonly principal: string }>(which: (run: Run) => readonly T[]) =>
    runs.flatMap((run, index) =>
      which(run).map((one) => ({ ...one, principal: `${VARIANTS[index]}: ${one.principal}` })),
    );
  return {
    requests: named(({ requests }) => requests),
    policies: {
      identity: named(({ policies }) => policies.identity),
      resource: runs.flatMap(({ policies }) => policies.resource),
    },
  };
}

it('what AWS asks by itself is allowed in every variant and every example', () => {
  const all = inOne(VARIANTS.map((variant) => withOthers(runOf(variant))));

  expect(all.requests.length).toBeGreaterThan(200);
  expect(refusals(all)).toEqual([]);
});

describe('of the example that the end-to-end run deploys,', () => {
  const run = runOf('example campaign');
  const arns = trackerArns(run.names);
  const operators = [...permissionsByCommand(arns), permissionsOfOperators(arns)];
  const policies = { ...run.policies, identity: [...run.policies.identity, ...operators] };

  it('each permission is there that has an explanation', () => {
    const unused = superfluous({ policies, requests: [] }, EXPLANATIONS);

    expect(unused.filter((one) => one.includes('explained'))).toEqual([]);
  });

  it('each write that a state machine may make is made by one of its states', () => {
    const ofMachine =
      /^Tracker(Tracking|CampaignsCampaign|InterruptedReporter)Role -> (dynamodb|events|lambda)/;

    expect(superfluous(run, []).filter((one) => ofMachine.test(one))).toEqual([]);
  });
});

describe('a fault is noticed:', () => {
  const plain = runOf('plain');
  const { names } = plain;
  const { place } = names;
  const [stack] = names.stacks;
  const idLike = (type: string, id: RegExp) =>
    (stack && names.ofType(stack, type).find(([one]) => id.test(one))?.[0]) ?? '';
  const arnOf = (type: string, id: RegExp) => (stack ? names.arn(idLike(type, id), stack) : '');
  const role = arnOf('AWS::IAM::Role', /^TrackerCheckDeliveryRole/);
  const table = arnOf('AWS::DynamoDB::Table', /^TrackerDeliveryLog/);
  const queue = arnOf('AWS::SQS::Queue', /./);
  const ask = (operation: string): AwsRequest => ({
    ...roleOf(names, role),
    ...(askedBy({
      service: 'dynamodb',
      ...place,
      target: `DynamoDB_20120810.${operation}`,
      body: JSON.stringify({ TableName: table }),
    })[0] as Pick<AwsRequest, 'action' | 'resource'>),
    context: {},
    account: place.account,
    origin: 'sent',
  });
  const withQueuePolicy = (change: (statements: readonly Statement[]) => readonly Statement[]): Run => ({
    ...plain,
    policies: {
      ...plain.policies,
      resource: plain.policies.resource.map((policy) =>
        policy.resource === queue ? { ...policy, statements: change(policy.statements) } : policy,
      ),
    },
  });

  it('a request without a permission, by both', () => {
    const requests = [ask('Query'), ask('Scan'), ask('DeleteItem')];

    expect(refusals({ ...plain, requests })).toEqual([
      `TrackerCheckDeliveryRole -> dynamodb:Scan -> ${table}: ImplicitlyDenied by iam-simulate`,
      `TrackerCheckDeliveryRole -> dynamodb:DeleteItem -> ${table}: ImplicitlyDenied by iam-simulate`,
      `TrackerCheckDeliveryRole -> dynamodb:Scan -> ${table}: denied by moto`,
      `TrackerCheckDeliveryRole -> dynamodb:DeleteItem -> ${table}: denied by moto`,
    ]);
  });

  it('a request of the command line that the docs do not list', () => {
    const arns = trackerArns(names);
    const { stateMachine, campaignStateMachine } = arns;
    const operators = permissionsByCommand(arns);
    const history = {
      ...ask('Query'),
      action: 'states:GetExecutionHistory',
      resource: `${stateMachine.replace(':stateMachine:', ':execution:')}:ds-1`,
    };
    const start = (resource: string) => ({ ...ask('Query'), action: 'states:StartExecution', resource });
    const by = (command: string, request: AwsRequest) => ({ ...request, principal: operatorName(command) });
    const requests = [
      ...['show', 'stop'].map((command) => by(command, history)),
      ...[campaignStateMachine, stateMachine].map((machine) => by('start-campaign', start(machine))),
    ];

    expect(refusals({ requests, policies: { identity: operators, resource: [] } })).toEqual([
      `delivery-tracker stop -> ${history.action} -> ${history.resource}: ImplicitlyDenied by iam-simulate`,
      `delivery-tracker start-campaign -> states:StartExecution -> ${stateMachine}: ImplicitlyDenied by iam-simulate`,
      `delivery-tracker stop -> ${history.action} -> ${history.resource}: denied by moto`,
      `delivery-tracker start-campaign -> states:StartExecution -> ${stateMachine}: denied by moto`,
    ]);
  });

  it('a permission too many, and none that was used', () => {
    const requests = [...plain.requests, ask('Query')];
    const unused = superfluous({ ...plain, requests }, []);

    expect(unused).toContain(`TrackerCheckDeliveryRole -> dynamodb:PutItem -> ${table}: nobody used it`);
    expect(unused).not.toContain(`TrackerCheckDeliveryRole -> dynamodb:Query -> ${table}: nobody used it`);
    expect(unused.filter((one) => one.includes('lambda:InvokeFunction'))).toEqual([]);
  });

  it('an explanation of what is used', () => {
    const explanation = {
      principal: 'TrackerTrackingRole',
      actions: ['events:PutEvents', 'xray:PutTraceSegments'],
      why: '',
    };

    expect(superfluous(plain, [explanation]).filter((one) => one.includes('explained'))).toEqual([
      'TrackerTrackingRole: events:PutEvents is explained, but used or gone',
    ]);
  });

  it('a condition that names the rules of another account', () => {
    const faulty = withQueuePolicy((statements) =>
      JSON.parse(JSON.stringify(statements).replaceAll(`${place.account}:rule`, '222222222222:rule')),
    );

    expect(refusals(faulty)).toEqual([
      `events.amazonaws.com -> sqs:SendMessage -> ${queue}: ImplicitlyDenied by iam-simulate`,
    ]);
  });

  it('a policy of a queue without its statement', () => {
    const faulty = withQueuePolicy((statements) => statements.filter(({ Effect }) => Effect === 'Deny'));

    expect(refusals(faulty)).toEqual([
      `events.amazonaws.com -> sqs:SendMessage -> ${queue}: ImplicitlyDenied by iam-simulate`,
    ]);
  });

  it('a statement of a queue that nobody needs', () => {
    const faulty = withQueuePolicy((statements) => [
      ...statements,
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queue,
      },
    ]);

    expect(superfluous(faulty, []).filter((one) => one.startsWith('the policy'))).toEqual([
      expect.stringContaining('sns.amazonaws.com'),
    ]);
  });

  it('a request without TLS', () => {
    const [letter] = plain.requests.filter(({ resource }) => resource === queue);
    const plainText = { ...letter, context: { ...letter?.context, 'aws:SecureTransport': 'false' } };

    expect(refusals({ ...plain, requests: [plainText as AwsRequest] })).toEqual([
      `events.amazonaws.com -> sqs:SendMessage -> ${queue}: ExplicitlyDenied by iam-simulate`,
    ]);
  });

  it('an action that AWS does not have', () => {
    const nonsense = { ...ask('Query'), action: 'dynamodb:Qwery' };

    expect(() => refusals({ ...plain, requests: [nonsense] })).toThrow('iam-simulate cannot judge');
  });

  it('a request that nobody can read', () => {
    const unknown = { service: 'kinesis', ...place, target: 'Kinesis.PutRecord', body: '{}' };

    expect(() => askedBy(unknown)).toThrow('cannot read requests to kinesis');
  });
});
