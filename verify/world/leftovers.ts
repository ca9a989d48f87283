/** What an account has under the name of a run, asked of each service itself. */
import { paginateDescribeAlarms, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { paginateListTables } from '@aws-sdk/client-dynamodb';
import { ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { paginateListStateMachines } from '@aws-sdk/client-sfn';
import { paginateListQueues } from '@aws-sdk/client-sqs';
import type { AwsClients } from './aws-clients.ts';

/** @returns such as `queue delivery-tracker-verify-…`. */
export async function leftoversOf(runName: string, aws: AwsClients): Promise<string[]> {
  const { cloudWatch, dynamoDb, eventBridge, lambda, secretsManager, sfn, sqs } = aws;
  const kinds: Readonly<Record<string, Promise<(string | undefined)[]>>> = {
    table: namesOf(paginateListTables({ client: dynamoDb }, {}), ({ TableNames }) => TableNames),
    function: namesOf(paginateListFunctions({ client: lambda }, {}), ({ Functions }) =>
      Functions?.map(({ FunctionName }) => FunctionName),
    ),
    'state machine': namesOf(paginateListStateMachines({ client: sfn }, {}), ({ stateMachines }) =>
      stateMachines?.map(({ name }) => name),
    ),
    queue: namesOf(paginateListQueues({ client: sqs }, { QueueNamePrefix: runName }), ({ QueueUrls }) =>
      QueueUrls?.map((url) => url.split('/').at(-1)),
    ),
    secret: namesOf(paginateListSecrets({ client: secretsManager }, {}), ({ SecretList }) =>
      SecretList?.map(({ Name }) => Name),
    ),
    alarm: namesOf(
      paginateDescribeAlarms({ client: cloudWatch }, { AlarmNamePrefix: runName }),
      ({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName),
    ),
    dashboard: namesOf(paginateListDashboards({ client: cloudWatch }, {}), ({ DashboardEntries }) =>
      DashboardEntries?.map(({ DashboardName }) => DashboardName),
    ),
    bus: eventBridge
      .send(new ListEventBusesCommand({ NamePrefix: runName }))
      .then(({ EventBuses = [] }) => EventBuses.map(({ Name }) => Name)),
    rule: eventBridge
      .send(new ListRulesCommand({ NamePrefix: runName }))
      .then(({ Rules = [] }) => Rules.map(({ Name }) => Name)),
  };
  const found = await Promise.all(
    Object.entries(kinds).map(async ([kind, names]) => {
      try {
        return (await names).filter((name) => name?.startsWith(runName)).map((name) => `${kind} ${name}`);
      } catch (error) {
        return [`perhaps a ${kind}: they could not be listed (${(error as Error).message})`];
      }
    }),
  );
  return [...new Set(found.flat())];
}

async function namesOf<Page>(
  pages: AsyncIterable<Page>,
  names: (page: Page) => (string | undefined)[] | undefined,
): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for await (const page of pages) found.push(...(names(page) ?? []));
  return found;
}
