/** Every policy of deployed stacks, with the names that their resources have. */
import type { DeployedStack, Names } from './deployed-names.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: unknown;
}

export interface IdentityPolicy {
  /** A role's logical id without its hash, or an operator's command. */
  readonly principal: string;
  readonly principalArn: string;
  readonly statements: readonly Statement[];
  /** Words of the docs, which name the resources of several actions together. */
  readonly isLoose?: boolean;
}

export interface ResourcePolicy {
  /** The resource's ARN. */
  readonly resource: string;
  readonly statements: readonly Statement[];
}

export interface Policies {
  readonly identity: readonly IdentityPolicy[];
  /** Of queues, topics, buses and functions, and who may assume the roles. */
  readonly resource: readonly ResourcePolicy[];
}

export const array = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T];

/** A logical id as a reader knows it. */
export const withoutHash = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

export function policiesOf(names: Names): Policies {
  const identity = names.stacks.flatMap((stack) => identityPolicies(names, stack));
  const resource = names.stacks.flatMap((stack) => resourcePolicies(names, stack));
  return { identity, resource };
}

function identityPolicies(names: Names, stack: DeployedStack): IdentityPolicy[] {
  return names.ofType(stack, 'AWS::IAM::Policy').flatMap(([, { Properties = {} }]) => {
    const { Roles, PolicyDocument } = Properties as {
      Roles: { Ref: string }[];
      PolicyDocument: { Statement: unknown };
    };
    return Roles.map(({ Ref }) => ({
      principal: withoutHash(Ref),
      principalArn: names.arn(Ref, stack),
      statements: names.resolve(PolicyDocument.Statement, stack) as Statement[],
    }));
  });
}

function resourcePolicies(names: Names, stack: DeployedStack): ResourcePolicy[] {
  const properties = (type: string) =>
    names
      .ofType(stack, type)
      .map(([id, { Properties }]) => [id, names.resolve(Properties, stack) as Fields] as const);
  return [
    ...properties('AWS::SQS::QueuePolicy').flatMap(([id, { PolicyDocument }]) =>
      queuesOf(stack, id).map((queue) => ({
        resource: names.arn(queue, stack),
        statements: PolicyDocument.Statement,
      })),
    ),
    ...properties('AWS::SNS::TopicPolicy').flatMap(([, { PolicyDocument, Topics }]) =>
      Topics.map((resource: string) => ({ resource, statements: PolicyDocument.Statement })),
    ),
    ...properties('AWS::Events::EventBusPolicy').map(([, { EventBusName, Statement }]) => ({
      resource: names.eventBusArn(EventBusName),
      statements: [Statement],
    })),
    ...properties('AWS::Lambda::Permission').map(([, permission]) => ({
      resource: permission.FunctionName,
      statements: [statementOf(permission)],
    })),
    ...properties('AWS::IAM::Role').map(([id, { AssumeRolePolicyDocument }]) => ({
      resource: names.arn(id, stack),
      statements: AssumeRolePolicyDocument.Statement,
    })),
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: properties of any resource.
type Fields = Record<string, any>;

function queuesOf({ template }: DeployedStack, policy: string): string[] {
  const queues = template.Resources[policy]?.Properties?.Queues as { Ref: string }[];
  return queues.map(({ Ref }) => Ref);
}

/** As Lambda writes a permission into a function's policy (AWS docs, AddPermission). */
function statementOf({ Action, FunctionName, Principal, SourceArn }: Fields): Statement {
  return {
    Effect: 'Allow',
    Principal: { Service: Principal },
    Action,
    Resource: FunctionName,
    ...(SourceArn !== undefined && { Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } } }),
  };
}
