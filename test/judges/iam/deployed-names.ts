/** What the templates of deployed stacks refer to: names and ARNs as AWS gives them. */
import type { Resource, Template } from '../../../local/aws/template.ts';

export interface DeployedStack {
  readonly name: string;
  readonly template: Template & {
    readonly Outputs?: Readonly<
      Record<string, { readonly Value: unknown; readonly Export?: { Name: unknown } }>
    >;
  };
  /** By logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

const ARN_OF: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'dynamodb:%:table/',
  'AWS::Events::EventBus': 'events:%:event-bus/',
  'AWS::IAM::Role': 'iam::@:role/',
  'AWS::KMS::Key': 'kms:%:key/',
  'AWS::Lambda::Function': 'lambda:%:function:',
  'AWS::Logs::LogGroup': 'logs:%:log-group:',
  'AWS::SecretsManager::Secret': 'secretsmanager:%:secret:',
  'AWS::SNS::Topic': 'sns:%:',
  'AWS::SQS::Queue': 'sqs:%:',
  'AWS::StepFunctions::StateMachine': 'states:%:stateMachine:',
};
/** Types whose `Ref` is their ARN. */
const REF_IS_ARN = ['AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine', 'AWS::SNS::Topic'];

export class Names {
  readonly stacks: readonly DeployedStack[];
  readonly place: Place;

  constructor(stacks: readonly DeployedStack[], place: Place) {
    this.stacks = stacks;
    this.place = place;
  }

  ofType({ template }: DeployedStack, type: string): [string, Resource][] {
    return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
  }

  arn(logicalId: string, stack: DeployedStack): string {
    const type = stack.template.Resources[logicalId]?.Type ?? '';
    const physicalId = stack.physicalIds[logicalId] ?? '';
    if (physicalId.startsWith('arn:')) return physicalId;
    if (type === 'AWS::Events::Rule') return this.#ruleArn(logicalId, physicalId, stack);
    const prefix = ARN_OF[type];
    if (prefix === undefined) throw new Error(`the judge knows no ARN of ${type} ${logicalId}`);
    // Of a queue it is the URL.
    const name = physicalId.replace(/^https?:.*\//, '');
    const suffix = type === 'AWS::Logs::LogGroup' ? ':*' : '';
    return this.#arn(prefix) + name + suffix;
  }

  eventBusArn(nameOrArn: string): string {
    return nameOrArn.startsWith('arn:') ? nameOrArn : this.#arn('events:%:event-bus/') + nameOrArn;
  }

  /** @throws Error for a function of CloudFormation that no policy of this project uses. */
  resolve(value: unknown, stack: DeployedStack): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, stack));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length > 0 || !(name === 'Ref' || name.startsWith('Fn::'))) {
      const entries = Object.entries(value).filter(([, item]) => !isNoValue(item));
      return Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(item, stack)]));
    }
    const resolved = (item: unknown) => this.resolve(item, stack);
    if (name === 'Ref') return this.#ref(argument, stack);
    if (name === 'Fn::GetAtt') return this.#attribute(argument, stack);
    if (name === 'Fn::ImportValue') return this.#imported(resolved(argument));
    if (name === 'Fn::Join') return (resolved(argument[1]) as string[]).join(argument[0]);
    if (name === 'Fn::Sub' && typeof argument === 'string') {
      return argument.replaceAll(/\$\{([^}]+)\}/g, (_, one: string) => this.#ref(one, stack));
    }
    if (name === 'Fn::Split') return String(resolved(argument[1])).split(argument[0]);
    if (name === 'Fn::Select') return (resolved(argument[1]) as string[])[Number(argument[0])];
    throw new Error(`the judge knows no ${name}`);
  }

  /** CloudFormation's id of a rule on another bus than the default one is `bus|name`; the ARN has the bus's account. */
  #ruleArn(logicalId: string, physicalId: string, stack: DeployedStack): string {
    const name = physicalId.replace(/^.*\|/, '');
    const bus = this.resolve(stack.template.Resources[logicalId]?.Properties?.EventBusName, stack);
    if (bus === undefined) return this.#arn('events:%:rule/') + name;
    return `${this.eventBusArn(String(bus)).replace(':event-bus/', ':rule/')}/${name}`;
  }

  #ref(name: string, stack: DeployedStack): string {
    const { account, region } = this.place;
    const pseudo: Record<string, string> = {
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/0`,
    };
    const type = stack.template.Resources[name]?.Type ?? '';
    if (REF_IS_ARN.includes(type)) return this.arn(name, stack);
    const found = pseudo[name] ?? stack.physicalIds[name];
    if (found === undefined) throw new Error(`the stack ${stack.name} has no ${name}`);
    return found;
  }

  #attribute([logicalId, attribute]: [string, string], stack: DeployedStack): string {
    if (attribute === 'Arn') return this.arn(logicalId, stack);
    if (['Name', 'QueueName', 'RoleId'].includes(attribute))
      return this.arn(logicalId, stack).replace(/.*[:/]/, '');
    throw new Error(`the judge knows no attribute ${attribute} of ${logicalId}`);
  }

  #imported(name: unknown): unknown {
    for (const stack of this.stacks) {
      for (const { Value, Export } of Object.values(stack.template.Outputs ?? {})) {
        if (Export && this.resolve(Export.Name, stack) === name) return this.resolve(Value, stack);
      }
    }
    throw new Error(`no stack exports ${name}`);
  }

  #arn(prefix: string): string {
    const { account, region } = this.place;
    return `arn:aws:${prefix.replace('%', `${region}:${account}`).replace('@', account)}`;
  }
}

const isNoValue = (value: unknown) => (value as { Ref?: string } | null)?.Ref === 'AWS::NoValue';

/** Stacks that nobody deployed, with the logical ids for names, and the names of parameters for their values. */
export function undeployed(name: string, template: Template): DeployedStack {
  const ids = Object.keys({ ...template.Resources, ...template.Parameters });
  return { name, template, physicalIds: Object.fromEntries(ids.map((id) => [id, id])) };
}
