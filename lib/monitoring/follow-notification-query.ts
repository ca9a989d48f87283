/** The saved Logs Insights query by which an operator follows one notification from check to check. */
import { type ILogGroup, QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

export function followNotificationQuery(
  scope: Construct,
  id: string,
  { trackerName, logGroup }: { readonly trackerName: string; readonly logGroup: ILogGroup },
): QueryDefinition {
  return new QueryDefinition(scope, id, {
    queryDefinitionName: `${trackerName}/Follow one notification`,
    logGroups: [logGroup],
    queryString: new QueryString({
      fields: [
        '@timestamp',
        'check',
        'message',
        'outcome',
        'status',
        'counts.total',
        'counts.delivered',
        'counts.failed',
        'code',
        'reason',
        'nextCheckAt',
        'streamId',
        'correlationId',
      ],
      filterStatements: ["requestId = 'ds-PUT-THE-REQUEST-ID-HERE'", 'ispresent(message)'],
      sort: '@timestamp asc',
      limit: 1000,
    }),
  });
}
