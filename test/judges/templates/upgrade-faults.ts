/** What an update from one template to another would do to what users have: the CDK's own diff, and what it does not know. */
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Resource, Template } from '../../../local/aws/template.ts';

/** A sentence for each fault, beginning with the resource or the output. */
export function upgradeFaults(before: Template, after: Template): string[] {
  return [
    ...lossesIn(before, after),
    ...bothIn(before, after).flatMap(([id, old, now]) => [
      ...(old.DeletionPolicy === 'Retain' && now.DeletionPolicy !== 'Retain'
        ? [`${id}: is no longer retained`]
        : []),
      ...(old.Type === 'AWS::DynamoDB::Table' ? tableFaults(id, propertiesOf(old), propertiesOf(now)) : []),
      ...(old.Type === 'AWS::SecretsManager::Secret'
        ? secretFaults(id, propertiesOf(old), propertiesOf(now))
        : []),
    ]),
    ...outputFaults(before.Outputs ?? {}, after.Outputs ?? {}),
  ];
}

/** Executions, rules, grants and people know these by their names. */
const KNOWN_BY_NAME = [
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
];

const HARMLESS = [ResourceImpact.NO_CHANGE, ResourceImpact.WILL_CREATE, ResourceImpact.WILL_UPDATE];

interface DeployedResource extends Resource {
  readonly DeletionPolicy?: string;
}
// biome-ignore lint/suspicious/noExplicitAny: a template holds anything.
type Properties = Record<string, any>;

function lossesIn(before: Template, after: Template): string[] {
  const faults: string[] = [];
  fullDiff(before as Properties, after as Properties).resources.forEachDifference((id, change) => {
    const isRetained = change.oldValue?.DeletionPolicy === 'Retain';
    const matters = isRetained || KNOWN_BY_NAME.includes(change.oldResourceType ?? '');
    if (!matters || HARMLESS.includes(change.changeImpact)) return;
    const properties = Object.keys(change.propertyUpdates).join(', ');
    faults.push(`${id}: ${change.changeImpact}${properties === '' ? '' : ` for ${properties}`}`);
  });
  return faults;
}

function bothIn(before: Template, after: Template): [string, DeployedResource, DeployedResource][] {
  return Object.entries(before.Resources).flatMap(([id, old]) => {
    const now = after.Resources[id];
    return now === undefined ? [] : [[id, old, now]];
  });
}

const propertiesOf = ({ Properties = {} }: Resource): Properties => Properties;

/** CloudFormation makes or deletes one index of a table at a time, and cannot change the key of one (AWS docs, GlobalSecondaryIndex). */
function tableFaults(id: string, before: Properties, after: Properties): string[] {
  const [old, now] = [before, after].map(
    ({ GlobalSecondaryIndexes = [] }) =>
      new Map<string, string>(
        GlobalSecondaryIndexes.map((index: Properties) => [index.IndexName, JSON.stringify(index)]),
      ),
  ) as [Map<string, string>, Map<string, string>];
  const made = [...now.keys()].filter((name) => !old.has(name));
  const gone = [...old.keys()].filter((name) => !now.has(name));
  const changed = [...old].filter(([name, index]) => now.has(name) && now.get(name) !== index);
  const sayHow = ['TimeToLiveSpecification', 'SSESpecification', 'BillingMode'];
  return [
    ...(made.length + gone.length > 1
      ? [`${id}: makes ${made.join(' and ')}, deletes ${gone.join(' and ')}`]
      : []),
    ...gone.map((name) => `${id}: who queries the index ${name} finds it gone`),
    ...changed.map(([name]) => `${id}: the index ${name} changes under its name`),
    ...sayHow.filter((name) => differ(before[name], after[name])).map((name) => `${id}: changes its ${name}`),
  ];
}

/** Whatever the operator has put there would be overwritten. */
function secretFaults(id: string, before: Properties, after: Properties): string[] {
  const values = ['SecretString', 'GenerateSecretString', 'KmsKeyId'];
  return values
    .filter((name) => differ(before[name], after[name]))
    .map((name) => `${id}: changes its ${name}`);
}

type Outputs = NonNullable<Template['Outputs']>;

function outputFaults(before: Outputs, after: Outputs): string[] {
  return Object.entries(before).flatMap(([name, { Value }]) => {
    const now = after[name];
    if (now === undefined) return [`${name}: the output is gone`];
    const kept = fieldsIn(now.Value);
    return fieldsIn(Value)
      .filter((field) => !kept.includes(field))
      .map((field) => `${name}: the output has lost its ${field}`);
  });
}

/** Of an output that is JSON, as the command line's is. */
function fieldsIn(value: unknown): string[] {
  const text = JSON.stringify(value).replaceAll('\\"', '"');
  return [...text.matchAll(/[{,]"(\w+)":/g)].map(([, name = '']) => name);
}

const differ = (before: unknown, after: unknown) => JSON.stringify(before) !== JSON.stringify(after);
