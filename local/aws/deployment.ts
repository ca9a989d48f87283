/** What a deployment of the synthesised stack would run: read from the cloud assembly, never from the sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arnOf, type Resource, resolve, type Template } from './template.ts';

export interface Deployment {
  /** The state machine that tracks a notification. */
  readonly stateMachine: DeployedStateMachine;
  /** The state machine that follows a campaign. */
  readonly campaignStateMachine: DeployedStateMachine;
  /** The state machine that reports interrupted executions. */
  readonly reporter: DeployedStateMachine;
  readonly function: DeployedFunction;
  readonly campaignFunction: DeployedFunction;
  readonly table: DeployedTable;
  readonly budgetTable: DeployedTable;
  readonly eventBusName: string;
  readonly secretArn: string;
  /** What the template puts into secrets, by their ARNs. */
  readonly secretTexts: Readonly<Record<string, string>>;
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface DeployedStateMachine {
  readonly arn: string;
  /** Amazon States Language, as a deployment sends it. */
  readonly definition: string;
}

export interface DeployedFunction {
  /** Folder of the asset in the cloud assembly. */
  readonly assetPath: string;
  /** `file.export` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

export interface DeployedTable {
  readonly name: string;
  /** Resolved properties of the `AWS::DynamoDB::Table`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Reads the deployment of a stack that was synthesised into `assemblyDirectory`. */
export function readDeployment(assemblyDirectory: string, stackName: string): Deployment {
  const template = readJson(assemblyDirectory, `${stackName}.template.json`) as Template;
  const outputs = Object.fromEntries(
    Object.entries(template.Outputs ?? {}).map(([key, { Value }]) => [
      key,
      resolve(Value, template) as string,
    ]),
  );
  const output = (name: string) => outputs[name] ?? '';
  const machines = idsOf('AWS::StepFunctions::StateMachine', template).map((id) =>
    stateMachineOf(id, template),
  );
  const machineWith = (arn: string) => expectOne(machines.filter((one) => one.arn === arn));
  const stateMachine = machineWith(output('StateMachineArn'));
  const campaignStateMachine = machineWith(output('CampaignStateMachineArn'));
  const functionOf = ({ definition }: DeployedStateMachine) => {
    const ids = idsOf('AWS::Lambda::Function', template);
    const invoked = expectOne(ids.filter((id) => definition.includes(`"${arnOf(id, template)}"`)));
    return deployedFunction(invoked, template, assemblyDirectory, stackName);
  };
  const deployed = functionOf(stateMachine);
  const tableOf = (name: string) => ({ name, properties: propertiesOf(name, template) });
  return {
    stateMachine,
    campaignStateMachine,
    reporter: expectOne(machines.filter((one) => one !== stateMachine && one !== campaignStateMachine)),
    function: deployed,
    campaignFunction: functionOf(campaignStateMachine),
    table: tableOf(output('TableName')),
    budgetTable: tableOf(deployed.environment.BUDGET_TABLE_NAME ?? ''),
    eventBusName: output('EventBusName'),
    secretArn: output('SecretArn'),
    secretTexts: Object.fromEntries(
      idsOf('AWS::SecretsManager::Secret', template).map((id) => [
        arnOf(id, template),
        String(propertiesOf(id, template).SecretString),
      ]),
    ),
    outputs,
  };
}

function stateMachineOf(id: string, template: Template): DeployedStateMachine {
  return { arn: arnOf(id, template), definition: propertiesOf(id, template).DefinitionString as string };
}

function deployedFunction(
  id: string,
  template: Template,
  directory: string,
  stackName: string,
): DeployedFunction {
  const properties = propertiesOf(id, template);
  const { Code, Handler, Environment, Timeout, MemorySize } = resolveCode(properties, template.Resources[id]);
  const assets = readJson(directory, `${stackName}.assets.json`) as AssetManifest;
  const asset = assets.files[Code.S3Key.replace('.zip', '')];
  if (asset === undefined) throw new Error(`the asset manifest lacks ${Code.S3Key}`);
  return {
    assetPath: join(directory, asset.source.path),
    handler: Handler,
    environment: Environment.Variables,
    timeoutSeconds: Timeout,
    memoryMb: MemorySize,
  };
}

interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly Environment: { readonly Variables: Record<string, string> };
  readonly Timeout: number;
  readonly MemorySize: number;
}

/** The bucket of the code is the account's own, which no local run has. */
function resolveCode(resolved: Record<string, unknown>, resource: Resource | undefined): FunctionProperties {
  return { ...resolved, Code: resource?.Properties?.Code } as unknown as FunctionProperties;
}

function propertiesOf(id: string, template: Template): Record<string, unknown> {
  const { Code: _, ...properties } = template.Resources[id]?.Properties ?? {};
  return resolve(properties, template) as Record<string, unknown>;
}

function idsOf(type: string, template: Template): string[] {
  return Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type);
}

function expectOne<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined || all.length > 1) throw new Error(`expected one resource, found ${all.length}`);
  return one;
}

function readJson(directory: string, file: string): unknown {
  return JSON.parse(readFileSync(join(directory, file), 'utf8'));
}
