/**
 * Requests that AWS makes itself for what is deployed: of state machines, of rules, of queues before functions, and to assume roles.
 * Nobody sees them on a wire, so they are derived: from tasks that were entered, from the targets of rules, and from event sources.
 */
import type { AwsRequest } from './aws-request.ts';
import type { DeployedStack, Names } from './deployed-names.ts';
import { withoutHash } from './policies.ts';

// biome-ignore lint/suspicious/noExplicitAny: any part of a template.
type Fields = Record<string, any>;

/** States of each state machine, by its ARN, that an execution entered. */
export type EnteredStates = ReadonlyMap<string, ReadonlySet<string>>;

/** As if some execution had entered each state. */
export function allStates(names: Names): EnteredStates {
  const machines = names.stacks.flatMap((stack) =>
    properties(names, stack, 'AWS::StepFunctions::StateMachine').map(
      ([id, { DefinitionString }]) => [names.arn(id, stack), JSON.parse(DefinitionString).States] as const,
    ),
  );
  return new Map(machines.map(([arn, states]) => [arn, new Set(Object.keys(states))]));
}

export function requestsInsideAws(names: Names, entered: EnteredStates): AwsRequest[] {
  return names.stacks.flatMap((stack) => [
    ...properties(names, stack, 'AWS::StepFunctions::StateMachine').flatMap(([id, machine]) =>
      ofTasks(names, machine, entered.get(names.arn(id, stack)) ?? new Set()),
    ),
    ...properties(names, stack, 'AWS::Events::Rule').flatMap(([id, rule]) =>
      ofTargets(names, rule, names.arn(id, stack)),
    ),
    ...properties(names, stack, 'AWS::Lambda::EventSourceMapping').flatMap(([, mapping]) =>
      ofEventSource(names, mapping),
    ),
    ...assumptions(names, stack),
  ]);
}

function properties(names: Names, stack: DeployedStack, type: string): [string, Fields][] {
  return names.ofType(stack, type).map(([id, { Properties = {} }]) => {
    // It refers to attributes that have no ARN.
    const { VpcConfig, ...wanted } = Properties;
    return [id, names.resolve(wanted, stack) as Fields];
  });
}

function ofTasks(names: Names, { DefinitionString, RoleArn }: Fields, entered: ReadonlySet<string>) {
  const states = Object.entries<Fields>(JSON.parse(DefinitionString).States);
  return states
    .filter(([name, { Type }]) => Type === 'Task' && entered.has(name))
    .map(([, { Resource, Parameters }]) =>
      inside(names, { ...roleOf(names, RoleArn), ...taskRequest(names, Resource, Parameters) }),
    );
}

function taskRequest(names: Names, task: string, parameters: Fields) {
  const { account, region } = names.place;
  const table = `arn:aws:dynamodb:${region}:${account}:table/${parameters.TableName}`;
  switch (task.replace(/^.*:::/, '')) {
    case 'lambda:invoke':
      return { action: 'lambda:InvokeFunction', resource: parameters.FunctionName };
    case 'events:putEvents':
      return {
        action: 'events:PutEvents',
        resource: names.eventBusArn(parameters.Entries[0].EventBusName),
        context: { 'events:source': parameters.Entries[0].Source },
      };
    case 'dynamodb:putItem':
      return { action: 'dynamodb:PutItem', resource: table };
    case 'dynamodb:updateItem':
      return { action: 'dynamodb:UpdateItem', resource: table };
    default:
      throw new Error(`the judge knows no task ${task}`);
  }
}

/** To each target, and to its dead-letter queue should the target fail. */
function ofTargets(names: Names, { Targets = [] }: Fields, sourceArn: string): AwsRequest[] {
  const events = {
    ...service('events.amazonaws.com'),
    context: { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceArn.split(':')[4] ?? '' },
  };
  return Targets.flatMap(({ Arn, RoleArn, DeadLetterConfig }: Fields) => {
    const actions: Record<string, string> = {
      states: 'states:StartExecution',
      sqs: 'sqs:SendMessage',
      lambda: 'lambda:InvokeFunction',
      sns: 'sns:Publish',
    };
    const action = actions[Arn.split(':')[2]];
    if (action === undefined) throw new Error(`the judge knows no target like ${Arn}`);
    const caller = RoleArn === undefined ? events : roleOf(names, RoleArn);
    const letter = { ...events, action: 'sqs:SendMessage', resource: DeadLetterConfig?.Arn };
    return [
      inside(names, { ...caller, action, resource: Arn }),
      ...(DeadLetterConfig === undefined ? [] : [inside(names, letter)]),
    ];
  });
}

/** Lambda takes messages out of a queue as the function's role (AWS docs, Creating and configuring an Amazon SQS event source mapping). */
function ofEventSource(names: Names, { EventSourceArn, FunctionName }: Fields): AwsRequest[] {
  const role = names.stacks.flatMap((stack) =>
    properties(names, stack, 'AWS::Lambda::Function')
      .filter(([id]) => names.arn(id, stack).endsWith(`:${FunctionName}`))
      .map(([, { Role }]) => roleOf(names, Role)),
  );
  return role.flatMap((caller) =>
    ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((operation) =>
      inside(names, { ...caller, action: `sqs:${operation}`, resource: EventSourceArn }),
    ),
  );
}

function assumptions(names: Names, stack: DeployedStack): AwsRequest[] {
  const assumed = (type: string, role: string, who: string) =>
    properties(names, stack, type).map(([, fields]) => ({ role: fields[role] as string, who }));
  const targets = properties(names, stack, 'AWS::Events::Rule').flatMap(([, { Targets = [] }]) =>
    Targets.map(({ RoleArn }: Fields) => ({ role: RoleArn, who: 'events.amazonaws.com' })),
  );
  return [
    ...assumed('AWS::Lambda::Function', 'Role', 'lambda.amazonaws.com'),
    ...assumed('AWS::StepFunctions::StateMachine', 'RoleArn', 'states.amazonaws.com'),
    ...targets,
  ]
    .filter(({ role }) => role !== undefined)
    .map(({ role, who }) => inside(names, { ...service(who), action: 'sts:AssumeRole', resource: role }));
}

const service = (name: string) => ({ principal: name, principalArn: name });

/** A role by its ARN. */
export function roleOf(names: Names, arn: string) {
  for (const stack of names.stacks) {
    for (const [id] of names.ofType(stack, 'AWS::IAM::Role')) {
      if (names.arn(id, stack) === arn) return { principal: withoutHash(id), principalArn: arn };
    }
  }
  throw new Error(`no stack has a role ${arn}`);
}

type Made = Pick<AwsRequest, 'principal' | 'principalArn' | 'action' | 'resource'> & {
  readonly context?: Readonly<Record<string, string>>;
};

function inside({ place }: Names, { context = {}, ...request }: Made): AwsRequest {
  return {
    ...request,
    context: { 'aws:SecureTransport': 'true', ...context },
    account: request.resource.split(':')[4] || place.account,
    origin: 'inside AWS',
  };
}
