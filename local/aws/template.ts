/** A CloudFormation template's values as they will be once deployed, with made-up account and region. */

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export const LOCAL_REGION = 'us-east-1';
const ACCOUNT = '000000000000';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What stands before a resource's logical id in its ARN. */
const ARN_PREFIXES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'dynamodb:%:table/',
  'AWS::Events::EventBus': 'events:%:event-bus/',
  'AWS::IAM::Role': `iam::${ACCOUNT}:role/`,
  'AWS::Lambda::Function': 'lambda:%:function:',
  'AWS::Logs::LogGroup': 'logs:%:log-group:',
  'AWS::SecretsManager::Secret': 'secretsmanager:%:secret:',
  'AWS::StepFunctions::StateMachine': 'states:%:stateMachine:',
};

/** Types whose `Ref` is their ARN; the others' is their name. */
const REF_IS_ARN = ['AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine'];

/**
 * Resolves intrinsic functions. Resources are named by their logical ids.
 *
 * @throws Error for a function or attribute that no deployed artefact of this project uses.
 */
export function resolve(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, template));
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined) return value;
  const [name, argument] = entry;
  if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, template)]));
  }
  switch (name) {
    case 'Ref':
      return refOf(String(argument), template);
    case 'Fn::GetAtt':
      return attributeOf(argument as [string, string], template);
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return (resolve(parts, template) as string[]).join(separator);
    }
    default:
      throw new Error(`the local run knows no ${name}; add it to local/aws/template.ts`);
  }
}

/** The ARN that a resource has in the local run. */
export function arnOf(logicalId: string, template: Template): string {
  const type = template.Resources[logicalId]?.Type ?? '';
  const prefix = ARN_PREFIXES[type];
  if (prefix === undefined) throw new Error(`the local run knows no ARN of ${type} ${logicalId}`);
  return `arn:aws:${prefix.replace('%', `${LOCAL_REGION}:${ACCOUNT}`)}${logicalId}`;
}

function refOf(name: string, template: Template): string {
  const pseudo = PSEUDO_PARAMETERS[name];
  if (pseudo !== undefined) return pseudo;
  const type = template.Resources[name]?.Type;
  if (type === undefined) throw new Error(`the template has no resource ${name}`);
  return REF_IS_ARN.includes(type) ? arnOf(name, template) : name;
}

function attributeOf([logicalId, attribute]: [string, string], template: Template): string {
  if (attribute === 'Arn') return arnOf(logicalId, template);
  if (attribute === 'Name') return logicalId;
  throw new Error(`the local run knows no attribute ${attribute} of ${logicalId}`);
}
