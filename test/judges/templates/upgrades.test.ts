/** What an update from each release to today's template would do. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Template } from '../../../local/aws/template.ts';
import { judgedTemplates } from './judged-templates.ts';
import { upgradeFaults } from './upgrade-faults.ts';

const RELEASES = join(import.meta.dirname, '..', '..', 'releases');
const releases = readdirSync(RELEASES).map((name): [string, Template] => [
  name,
  JSON.parse(readFileSync(join(RELEASES, name, 'template.json'), 'utf8')),
]);
const today = judgedTemplates().find(({ name }) => name.startsWith('plain'))?.template as Template;

it.each(releases)('an update from %s does no harm', (_, before) => {
  expect(upgradeFaults(before, today)).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: a planted fault may be anywhere.
type Editable = any;

/** CloudFormation makes one at a time, so a release brings one at most. */
it.each(releases)('an update from %s makes one index, and every other stays as it is', (_, before) => {
  const indexesOf = ({ Resources }: Template): Editable[] =>
    (Resources[idsIn(today).table] as Editable).Properties.GlobalSecondaryIndexes;

  expect(indexesOf(today)).toEqual([
    ...indexesOf(before),
    expect.objectContaining({ IndexName: 'summaries-by-campaign' }),
  ]);
});

it.each(releases)('an update from %s keeps every output, and adds two', (_, before) => {
  expect(Object.keys(today.Outputs ?? {}).toSorted()).toEqual(
    [...Object.keys(before.Outputs ?? {}), 'CampaignStateMachineArn', 'CallBudgetTableName'].toSorted(),
  );
});
const index = (IndexName: string, AttributeName: string) => ({
  IndexName,
  KeySchema: [{ AttributeName, KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
});

it.each<[string, (resources: Editable, ids: Ids) => void, (ids: Ids) => string[]]>([
  [
    'a table with another key',
    (resources, { table }) => {
      resources[table].Properties.KeySchema[1].AttributeName = 'rowId';
    },
    ({ table }) => [`${table}: WILL_REPLACE for KeySchema`],
  ],
  [
    'two new indexes at once',
    (resources, { table }) => {
      resources[table].Properties.GlobalSecondaryIndexes.push(index('by-day', 'day'), index('by-bot', 'bot'));
    },
    ({ table }) => [`${table}: makes by-day and by-bot, deletes `],
  ],
  [
    'an index with another key under its name',
    (resources, { table }) => {
      resources[table].Properties.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName = 'person';
    },
    ({ table }) => [`${table}: the index by-recipient changes under its name`],
  ],
  [
    'rows that never expire',
    (resources, { table }) => {
      delete resources[table].Properties.TimeToLiveSpecification;
    },
    ({ table }) => [`${table}: changes its TimeToLiveSpecification`],
  ],
  [
    'a table that goes with the stack',
    (resources, { table }) => {
      resources[table].DeletionPolicy = 'Delete';
    },
    ({ table }) => [`${table}: is no longer retained`],
  ],
  [
    'a state machine under another name',
    (resources, { stateMachine }) => {
      resources.Renamed = resources[stateMachine];
      delete resources[stateMachine];
    },
    ({ stateMachine }) => [`${stateMachine}: WILL_DESTROY`],
  ],
  [
    'a state machine of campaigns that is gone',
    (resources, { campaignStateMachine }) => {
      delete resources[campaignStateMachine];
    },
    ({ campaignStateMachine }) => [`${campaignStateMachine}: WILL_DESTROY`],
  ],
  [
    'an Express state machine',
    (resources, { stateMachine }) => {
      resources[stateMachine].Properties.StateMachineType = 'EXPRESS';
    },
    ({ stateMachine }) => [`${stateMachine}: WILL_REPLACE for StateMachineType`],
  ],
  [
    'a secret whose value the template changes',
    (resources, { secret }) => {
      resources[secret].Properties.SecretString = '{}';
    },
    ({ secret }) => [`${secret}: changes its SecretString`],
  ],
])('%s is found', (_, plant, faults) => {
  const after: Editable = structuredClone(today);
  const ids = idsIn(today);

  plant(after.Resources, ids);

  expect(upgradeFaults(today, after)).toEqual(faults(ids));
});

it('an output that is gone, or has lost a field, is found', () => {
  const { StateMachineArn: _, ...Outputs } = structuredClone(today.Outputs) as Editable;
  const [commandLine = ''] = Object.keys(Outputs).filter((name) => name.includes('CommandLine'));
  const value = JSON.stringify(Outputs[commandLine].Value).replace('eventSource', 'source');
  Outputs[commandLine].Value = JSON.parse(value);

  expect(upgradeFaults(today, { ...today, Outputs })).toEqual([
    `${commandLine}: the output has lost its eventSource`,
    'StateMachineArn: the output is gone',
  ]);
});

interface Ids {
  readonly table: string;
  readonly stateMachine: string;
  readonly campaignStateMachine: string;
  readonly secret: string;
}

function idsIn({ Resources }: Template): Ids {
  const first = (start: string) => Object.keys(Resources).find((id) => id.startsWith(start)) ?? '';
  return {
    table: first('TrackerDeliveryLog'),
    stateMachine: first('TrackerTrackingStateMachine'),
    campaignStateMachine: first('TrackerCampaignsCampaignStateMachine'),
    secret: first('TrackerCredentials'),
  };
}
