/** What CloudFormation or a service would refuse of a template, and cfn-lint lets pass. */
import type { Resource, Template } from '../../../local/aws/template.ts';

/** A sentence for each fault, beginning with where it is. */
export function templateFaults(template: Template): string[] {
  const { Resources, Outputs = {} } = template;
  return [
    ...nullsIn(template, []),
    ...Object.entries(Resources).flatMap(([id, resource]) => resourceFaults(id, resource)),
    ...managedPolicies(template).flatMap(([role, count]) => over(role, count, 10, 'managed policies')),
    ...over('the template', Buffer.byteLength(JSON.stringify(template)), 1_000_000, 'bytes'),
    ...over('the template', Object.keys(Resources).length, 500, 'resources'),
    ...over('the template', Object.keys(Outputs).length, 200, 'outputs'),
  ];
}

/** "'null' values are not allowed in templates", anywhere (aws/aws-cdk issue 8660). */
function nullsIn(value: unknown, path: readonly string[]): string[] {
  if (value === null) return [`${path.join('.')} is null`];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => nullsIn(part, [...path, name]));
}

function resourceFaults(id: string, { Type, Properties = {} }: Resource): string[] {
  const limits = LIMITS[Type] ?? [];
  return limits.flatMap(({ what, of, most }) => over(`${id}: ${what}`, of(Properties), most, ''));
}

/** How many of them each role has. */
function managedPolicies({ Resources }: Template): [role: string, count: number][] {
  const roles = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy')
    .flatMap(({ Properties = {} }) => (Properties.Roles as object[]).map((role) => JSON.stringify(role)));
  return [...Map.groupBy(roles, (role) => role)].map(([role, all]) => [role, all.length]);
}

interface Limit {
  readonly what: string;
  /** Nothing where the template does not say it. */
  of(properties: Properties): number | undefined;
  readonly most: number;
}
// biome-ignore lint/suspicious/noExplicitAny: a template holds anything.
type Properties = Record<string, any>;

const nameOf = (property: string, most: number): Limit => ({
  what: `characters of ${property}`,
  of: (properties) => (properties[property] === undefined ? undefined : lengthOf(properties[property])),
  most,
});

/** AWS docs, each service's quotas. */
const LIMITS: Readonly<Record<string, readonly Limit[]>> = {
  'AWS::SQS::QueuePolicy': [
    {
      what: 'statements of the policy',
      of: ({ PolicyDocument }) => PolicyDocument.Statement.length,
      most: 20,
    },
    { what: 'bytes of the policy', of: ({ PolicyDocument }) => lengthOf(PolicyDocument), most: 8_192 },
  ],
  'AWS::SQS::Queue': [nameOf('QueueName', 80)],
  'AWS::Lambda::Function': [
    {
      what: 'bytes of the environment',
      of: ({ Environment }) => lengthOf(Environment?.Variables ?? {}),
      most: 4_096,
    },
    nameOf('FunctionName', 64),
  ],
  'AWS::Events::Rule': [
    { what: 'targets', of: ({ Targets = [] }) => Targets.length, most: 5 },
    {
      what: 'characters of the pattern',
      of: ({ EventPattern }) => lengthOf(EventPattern ?? {}),
      most: 2_048,
    },
    nameOf('Name', 64),
  ],
  'AWS::Events::EventBus': [nameOf('Name', 256)],
  'AWS::Events::EventBusPolicy': [nameOf('StatementId', 64)],
  'AWS::StepFunctions::StateMachine': [
    {
      what: 'characters of the definition',
      of: ({ DefinitionString }) => lengthOf(DefinitionString),
      most: 1_048_576,
    },
    nameOf('StateMachineName', 80),
  ],
  'AWS::IAM::Role': [nameOf('RoleName', 64)],
  'AWS::IAM::Policy': [
    { what: 'characters of the policy', of: ({ PolicyDocument }) => lengthOf(PolicyDocument), most: 10_240 },
  ],
  'AWS::IAM::ManagedPolicy': [
    { what: 'characters of the policy', of: ({ PolicyDocument }) => lengthOf(PolicyDocument), most: 6_144 },
  ],
  'AWS::Logs::LogGroup': [nameOf('LogGroupName', 512)],
  'AWS::Logs::QueryDefinition': [nameOf('Name', 255)],
  'AWS::CloudWatch::Alarm': [nameOf('AlarmName', 255), nameOf('AlarmDescription', 1_024)],
  'AWS::CloudWatch::Dashboard': [nameOf('DashboardName', 255)],
  'AWS::SecretsManager::Secret': [
    nameOf('Name', 512),
    nameOf('Description', 2_048),
    nameOf('SecretString', 65_536),
  ],
  'AWS::DynamoDB::Table': [nameOf('TableName', 255)],
};

function over(what: string, value: number | undefined, most: number, unit: string): string[] {
  if (value === undefined || value <= most) return [];
  return [`${what}: ${value} ${unit}`.trim().concat(`, and ${most} are the most`)];
}

/** Of an ARN or a name that only the deployment knows: most are shorter. */
const LONG_NAME = 'x'.repeat(140);

/** Characters, once deployed, in one line of JSON where it is no text. */
function lengthOf(value: unknown): number {
  const deployed = withNames(value);
  return Buffer.byteLength(typeof deployed === 'string' ? deployed : JSON.stringify(deployed));
}

/** With a long name for each reference. */
function withNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames);
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withNames(part)]));
  }
  if (name === 'Ref' && String(argument).startsWith('AWS::')) return 'ap-southeast-2';
  if (name !== 'Fn::Join') return LONG_NAME;
  const [separator, parts] = argument as [string, unknown[]];
  return parts.map(withNames).join(separator);
}
