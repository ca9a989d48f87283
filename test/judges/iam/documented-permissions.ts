/** What the docs say that operators of the command line need, as policies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAMPAIGN_INDEX } from '../../../contract/table-names.ts';
import type { Names } from './deployed-names.ts';
import type { IdentityPolicy, Statement } from './policies.ts';

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs');

/** What the docs' words stand for. */
export interface TrackerArns {
  readonly stateMachine: string;
  readonly campaignStateMachine: string;
  readonly table: string;
  readonly callBudgetTable: string;
  readonly deadLetterQueue: string;
  readonly logGroups: readonly string[];
  readonly rules: readonly string[];
  /** Of all rules. */
  readonly targets: readonly string[];
  readonly secret: string;
}

/** What the docs' words stand for in this deployment. */
export function trackerArns(names: Names): TrackerArns {
  const arn = (type: string, id: RegExp) => {
    for (const stack of names.stacks) {
      for (const [logicalId] of names.ofType(stack, type))
        if (id.test(logicalId)) return names.arn(logicalId, stack);
    }
    throw new Error(`no stack has a ${type} like ${id}`);
  };
  const rules = names.stacks.flatMap((stack) =>
    names.ofType(stack, 'AWS::Events::Rule').map(([id, { Properties }]) => ({
      arn: names.arn(id, stack),
      targets: ((Properties?.Targets ?? []) as { Arn: unknown }[]).map(({ Arn }) =>
        String(names.resolve(Arn, stack)),
      ),
    })),
  );
  return {
    stateMachine: arn('AWS::StepFunctions::StateMachine', /^TrackerTracking/),
    campaignStateMachine: arn('AWS::StepFunctions::StateMachine', /^TrackerCampaigns/),
    table: arn('AWS::DynamoDB::Table', /^TrackerDeliveryLog/),
    callBudgetTable: arn('AWS::DynamoDB::Table', /^TrackerCallBudget/),
    deadLetterQueue: arn('AWS::SQS::Queue', /^TrackerDeadLetters/),
    // AWS asks with `:*` behind the name, the emulator without.
    logGroups: [/^TrackerCheckDeliveryLogs/, /^TrackerCampaignsCheckCampaignLogs/]
      .map((id) => arn('AWS::Logs::LogGroup', id))
      .flatMap((one) => [one, one.replace(/:\*$/, '')]),
    // The emulator asks for a rule's targets on its bus.
    rules: rules.flatMap(({ arn }) => [arn, arn.replace(/:rule\/(.*)\/[^/]+$/, ':event-bus/$1')]),
    targets: rules.flatMap(({ targets }) => targets),
    secret: arn('AWS::SecretsManager::Secret', /^TrackerCredentials/),
  };
}

/** One for each command, by the table of docs/command-line.md. */
export function permissionsByCommand(arns: TrackerArns): IdentityPolicy[] {
  const page = readFileSync(join(DOCS, 'command-line.md'), 'utf8');
  const [, section = ''] = /## Permissions that it needs\n([\s\S]*?)\n## /.exec(page) ?? [];
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.slice(2).map((line) => line.split('|').map((cell) => cell.trim()));
  const statements = new Map<string, Statement[]>();
  let commands: string[] = [];
  for (const [, who = '', actions = '', resources = ''] of rows) {
    if (who !== '') commands = who === 'all' ? ['all'] : codes(who);
    const places = resources.split('; ');
    for (const [index, group] of actions.split('; ').entries()) {
      const statement = allow(codes(group), resourcesOf(places[index] ?? '', arns));
      for (const command of commands)
        statements.set(command, [...(statements.get(command) ?? []), statement]);
    }
  }
  const all = statements.get('all') ?? [];
  statements.delete('all');
  return [...statements].map(([command, own]) => operator(command, [...all, ...own]));
}

/** What an operator of all commands needs, by the list of docs/security.md. */
export function permissionsOfOperators(arns: TrackerArns): IdentityPolicy {
  const page = readFileSync(join(DOCS, 'security.md'), 'utf8');
  const [, list = ''] = /need:\n\n((?:[- ].*\n)+)/.exec(page) ?? [];
  const lines = list.split(/^- /m).map((line) => line.replaceAll(/\s+/g, ' '));
  const statements = lines
    .filter((line) => line !== '' && !line.includes('kms:'))
    .map((line) => {
      const place = /^on (.*?), `/.exec(line)?.[1] ?? 'the stack with `--stack`, else all';
      const [first = '', ...others] = codes(line).filter((code) => /^([a-z]+:)?[A-Z]\w+$/.test(code));
      const [service] = first.split(':');
      return allow(
        [first, ...others.map((action) => (action.includes(':') ? action : `${service}:${action}`))],
        resourcesOf(place, arns),
      );
    });
  return operator('any command', statements);
}

export const operatorName = (command: string) => `delivery-tracker ${command}`;

function operator(command: string, statements: Statement[]): IdentityPolicy {
  return { principal: operatorName(command), principalArn: '', statements, isLoose: true };
}

const allow = (actions: string[], resources: string[]): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

function resourcesOf(place: string, arns: TrackerArns): string[] {
  const { stateMachine, campaignStateMachine, table, callBudgetTable } = arns;
  const { secret } = arns;
  const executionsOf = (machine: string) => `${machine.replace(':stateMachine:', ':execution:')}:*`;
  const executions = executionsOf(stateMachine);
  const campaigns = executionsOf(campaignStateMachine);
  const meant: Record<string, string[]> = {
    'the stack with `--stack`, else all': ['*'],
    'the state machine': [stateMachine],
    'executions of the state machine': [executions],
    'its executions': [executions],
    'the state machine and its executions': [stateMachine, executions],
    'the state machines': [stateMachine, campaignStateMachine],
    'their executions': [executions, campaigns],
    'the campaign state machine': [campaignStateMachine],
    'executions of the campaign state machine': [campaigns],
    'the campaign state machine and its executions': [campaignStateMachine, campaigns],
    'the delivery log table': [table],
    'the delivery log table and its indexes': [table, `${table}/index/*`],
    [`the delivery log table and its index \`${CAMPAIGN_INDEX}\``]: [
      table,
      `${table}/index/${CAMPAIGN_INDEX}`,
    ],
    'the call budget table': [callBudgetTable],
    'the dead-letter queue': [arns.deadLetterQueue],
    'the log groups of the functions': [...arns.logGroups],
    'the rules': [...arns.rules],
    "the rules' targets": [...arns.targets],
    'the secret': [secret],
    'all alarms, metrics and rules': ['*'],
  };
  const resources = meant[place.trim()];
  if (resources === undefined) throw new Error(`the judge does not know what the docs mean by "${place}"`);
  return resources;
}

function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
