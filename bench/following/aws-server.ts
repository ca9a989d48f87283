/** DynamoDB and Step Functions as a check of a large campaign meets them: pages that are ready, after a wait like AWS's. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../../local/loopback.ts';
import { CAMPAIGN_ID, pagesOf, requestIdOf, summaryAt } from './summaries.ts';

/** What the tables and the state machine hold. */
export interface LargeCampaign {
  /** In the index. */
  readonly summaries: number;
  /** Notifications of the campaign whose execution was stopped before it could leave anything. */
  readonly stopped: number;
  /** Executions of other campaigns, in the same time. */
  readonly others: number;
}

export interface AwsServer {
  readonly server: Server;
  readonly endpoint: string;
  /** By operation, since the last time it was asked. */
  takeRequests(): Readonly<Record<string, number>>;
}

/** Milliseconds until AWS answers: assumed. A page of a megabyte takes longer than a row, a page of executions longest. */
export const WAITS_MS = { row: 10, page: 30, describe: 50, list: 300 } as const;

const LIST_PAGE = 1_000;
const COMPLETED_AT = '2026-11-24T20:14:15.792Z';

export async function awsServer(campaign: LargeCampaign, stateMachineArn: string): Promise<AwsServer> {
  const { summaries, stopped, others } = campaign;
  const pages = indexPages(summaries);
  const executions = summaries + stopped + others;
  const arnOf = (i: number) =>
    `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${requestIdOf(i)}`;
  let requests: Record<string, number> = {};

  const answers: Readonly<Record<string, (asked: Asked) => readonly [ms: number, body: string]>> = {
    Query: ({ ExclusiveStartKey }) => [
      WAITS_MS.page,
      pages[Number(ExclusiveStartKey?.logId?.S ?? 0)] ?? '{}',
    ],
    BatchGetItem: ({ RequestItems = {} }) => [
      WAITS_MS.page,
      JSON.stringify(rowsOf(RequestItems, summaries + stopped)),
    ],
    ListExecutions: ({ nextToken = '0' }) => {
      const from = Number(nextToken);
      const to = Math.min(from + LIST_PAGE, executions);
      const listed = Array.from({ length: to - from }, (_, i) => ({
        executionArn: arnOf(from + i),
        stateMachineArn,
        name: requestIdOf(from + i),
        status: isStopped(from + i, campaign) ? 'ABORTED' : 'SUCCEEDED',
        startDate: Date.now() / 1000 - 60,
        stopDate: Date.now() / 1000,
      }));
      return [
        WAITS_MS.list,
        JSON.stringify({ executions: listed, ...(to < executions && { nextToken: String(to) }) }),
      ];
    },
    DescribeExecution: ({ executionArn = '' }) => {
      const input = { requestId: executionArn.split(':').at(-1), campaignId: CAMPAIGN_ID };
      return [WAITS_MS.describe, JSON.stringify({ executionArn, input: JSON.stringify(input) })];
    },
    UpdateItem: ({ ExpressionAttributeValues = {} }) => {
      const set = Object.entries(ExpressionAttributeValues).map(([name, value]) => [name.slice(1), value]);
      return [WAITS_MS.row, JSON.stringify({ Attributes: Object.fromEntries(set) })];
    },
  };

  const server = createServer(async (request, response) => {
    const operation = operationOf(request);
    requests[operation] = (requests[operation] ?? 0) + 1;
    const asked: Asked = JSON.parse(await text(request));
    const [ms, body] = answers[operation]?.(asked) ?? [WAITS_MS.row, '{}'];
    await sleep(ms);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  });
  const endpoint = await listenOnLoopback(server);
  return {
    server,
    endpoint,
    takeRequests() {
      const taken = requests;
      requests = {};
      return taken;
    },
  };
}

interface Asked {
  readonly ExclusiveStartKey?: { readonly logId?: { readonly S: string } };
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Key[] }>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  readonly nextToken?: string;
  readonly executionArn?: string;
}
interface Key {
  readonly requestId: { readonly S: string };
}

function operationOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

/** First those of the index, then those that were stopped, then those of others. */
function isStopped(i: number, { summaries, stopped }: LargeCampaign): boolean {
  return i >= summaries && i < summaries + stopped;
}

/** The answers of a query, page by page; `logId` of the key to go on with is the number of the next page. */
function indexPages(summaries: number): string[] {
  let next = 0;
  return pagesOf(summaries).map((size, page, all) => {
    const Items = Array.from({ length: size }, () => {
      const { requestId, outcome, counts, completedAt, expiresAt } = summaryAt(next++, COMPLETED_AT);
      const numbers = Object.entries(counts).map(([name, value]) => [name, { N: String(value) }]);
      return {
        requestId: { S: requestId },
        outcome: { S: outcome },
        counts: { M: Object.fromEntries(numbers) },
        completedAt: { S: completedAt },
        expiresAt: { N: String(expiresAt) },
      };
    });
    const isLast = page === all.length - 1;
    return JSON.stringify({
      Items,
      ...(!isLast && { LastEvaluatedKey: { logId: { S: String(page + 1) } } }),
    });
  });
}

/** The final events of executions of other campaigns; what was stopped left none. */
function rowsOf(asked: NonNullable<Asked['RequestItems']>, firstOther: number) {
  const Responses = Object.entries(asked).map(([table, { Keys }]) => {
    const others = Keys.filter(({ requestId: { S } }) => numberOf(S) >= firstOther);
    return [table, others.map(({ requestId: { S } }) => finalEventOf(S))];
  });
  return { Responses: Object.fromEntries(Responses), UnprocessedKeys: {} };
}

function numberOf(executionArn: string): number {
  return Number.parseInt(executionArn.split(':ds-').at(-1) ?? '', 16);
}

function finalEventOf(executionArn: string) {
  const detail = {
    metadata: { id: executionArn, version: '1', timestamp: COMPLETED_AT, campaignId: 'autumn-2026' },
    data: {
      ...summaryAt(numberOf(executionArn), COMPLETED_AT),
      streamId: 'st-736ff917-d836-55b4-9a6b-3dad20c09af3',
      status: 'PARTIAL_SUCCESS',
      channels: ['ivr'],
      startedAt: COMPLETED_AT,
      durationSeconds: 100,
      checks: 3,
      deliveryLog: {
        tableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/delivery-log',
        partitionKey: requestIdOf(numberOf(executionArn)),
      },
    },
  };
  return {
    requestId: { S: executionArn },
    outcome: { S: 'complete' },
    detail: { S: JSON.stringify(detail) },
  };
}
