/** Judges what a run asked of AWS against the policies that it was deployed with, by evaluators that are not ours. */
import type { AwsRequest } from './aws-request.ts';
import { type SimulatedCase, simulated } from './iam-simulate.ts';
import { allowedByMoto } from './moto.ts';
import { array, type Policies, type Statement } from './policies.ts';

export interface Run {
  readonly policies: Policies;
  readonly requests: readonly AwsRequest[];
}

/** Why a permission stays that no request used. */
export interface Explanation {
  readonly principal: string;
  readonly actions: readonly string[];
  /** How the resource's ARN ends. */
  readonly on?: string;
  readonly why: string;
}

/** One action, on one resource where the policy is exact. */
interface Permission {
  readonly principal: string;
  readonly action: string;
  readonly resources: readonly string[];
}

/** Requests that either evaluator refuses. */
export function refusals({ policies, requests }: Run): string[] {
  const verdicts = simulated(requests.map((request) => simulationOf(request, policies)));
  // Moto knows roles and users only.
  const ofIdentities = requests.filter(({ principalArn }) => principalArn.startsWith('arn:'));
  const allowed = allowedByMoto(
    ofIdentities.map(({ principal, action, resource }) => ({
      statements: identityOf(principal, policies),
      action,
      resource,
    })),
  );
  return [
    ...requests.flatMap((request, index) =>
      verdicts[index] === 'Allowed' ? [] : [`${said(request)}: ${verdicts[index]} by iam-simulate`],
    ),
    ...ofIdentities.flatMap((request, index) => (allowed[index] ? [] : [`${said(request)}: denied by moto`])),
  ];
}

/** Permissions that no request used and nothing explains, and explanations of what is used or gone. */
export function superfluous(run: Run, explanations: readonly Explanation[]): string[] {
  const unused = unusedPermissions(run);
  const explains = (permission: Permission) => (one: Explanation) =>
    one.principal === permission.principal &&
    one.actions.includes(permission.action) &&
    permission.resources.some((resource) => resource.endsWith(one.on ?? ''));
  const unexplained = unused.filter((permission) => !explanations.some(explains(permission)));
  const outdated = explanations.flatMap(({ actions, ...one }) =>
    actions
      .filter((action) => !unused.some((permission) => explains(permission)({ ...one, actions: [action] })))
      .map(
        (action) =>
          `${one.principal}: ${action}${one.on ? ` on …${one.on}` : ''} is explained, but used or gone`,
      ),
  );
  return [
    ...unexplained.map((one) => `${said({ ...one, resource: one.resources.join(', ') })}: nobody used it`),
    ...unusedStatements(run),
    ...outdated,
  ];
}

/** Of identities. */
function unusedPermissions({ policies, requests }: Run): Permission[] {
  const permissions = policies.identity.flatMap(({ principal, statements, isLoose }) =>
    statements.flatMap(({ Action, Resource = [] }) => {
      const places = isLoose ? [array(Resource)] : array(Resource).map((resource) => [resource]);
      return array(Action).flatMap((action) => places.map((resources) => ({ principal, action, resources })));
    }),
  );
  const pairs = permissions.flatMap((permission) =>
    requests
      .filter(({ principal }) => principal === permission.principal)
      .map(({ action, resource }) => ({ permission, action, resource })),
  );
  const allowed = allowedByMoto(
    pairs.map(({ permission, action, resource }) => ({
      statements: [{ Effect: 'Allow', Action: permission.action, Resource: permission.resources }],
      action,
      resource,
    })),
  );
  const used = new Set(pairs.filter((_, index) => allowed[index]).map(({ permission }) => permission));
  return permissions.filter((permission) => !used.has(permission));
}

/** Statements of resources that no request needs. */
function unusedStatements({ policies, requests }: Run): string[] {
  const statements = policies.resource.flatMap(({ resource, statements }) =>
    statements.filter(({ Effect }) => Effect === 'Allow').map((statement) => ({ resource, statement })),
  );
  const tries = statements.flatMap(({ resource, statement }) =>
    requests
      .filter((request) => governorOf(request.resource) === resource)
      .map((request) => ({ statement, case: simulationOf(request, policies) })),
  );
  const verdicts = simulated([
    ...tries.map((one) => ({ ...one.case, resourcePolicy: [one.statement] })),
    ...tries.map((one) => ({ ...one.case, resourcePolicy: undefined })),
  ]);
  const isAllowed = (index: number) => verdicts[index] === 'Allowed';
  const used = new Set(
    tries
      .filter((_, index) => isAllowed(index) && !isAllowed(tries.length + index))
      .map(({ statement }) => statement),
  );
  return statements
    .filter(({ statement }) => !used.has(statement))
    .map(({ resource, statement }) => `the policy of ${resource}: nobody used ${JSON.stringify(statement)}`);
}

function simulationOf(request: AwsRequest, policies: Policies): SimulatedCase {
  const { principal, principalArn, action, resource, account, context } = request;
  const own = policies.resource.filter((policy) => policy.resource === governorOf(resource));
  return {
    principal: principalArn,
    action,
    resource,
    account,
    context,
    identity: identityOf(principal, policies),
    resourcePolicy: own.length === 0 ? undefined : own.flatMap(({ statements }) => statements),
  };
}

/** The resource whose policy counts: for a rule on a bus it is the bus's. */
function governorOf(resource: string): string {
  return resource.replace(/:rule\/(.+)\/[^/]+$/, ':event-bus/$1');
}

function identityOf(principal: string, policies: Policies): Statement[] {
  return policies.identity
    .filter((one) => one.principal === principal)
    .flatMap(({ statements }) => statements);
}

const said = ({ principal, action, resource }: Pick<AwsRequest, 'principal' | 'action' | 'resource'>) =>
  `${principal} -> ${action} -> ${resource}`;
