/** What AWS's services and Kore.ai are in the world of faults: their places, their errors, their "too fast". */
import { BOTS_PARTITION, campaignPartition, SUMMARY_ID } from '../../contract/table-names.ts';
import type { Place } from './fault.ts';
import type { Faulty, Reply, Request } from './faulty-server.ts';

const TARGET = 'x-amz-target';

function awsError(status: number, name: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify({ __type: name, message: name })),
  };
}

/** Where a tracker in the world of faults finds what differs for single bots. */
export const BOTS_ARN = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:bots-AbCdEf';

export const FAULTY_SECRETS: Faulty = {
  placeOf: ({ body }) =>
    JSON.parse(body.toString()).SecretId === BOTS_ARN ? 'settings of bots read' : 'secret read',
  error: awsError(500, 'InternalServiceError'),
  throttle: awsError(400, 'ThrottlingException'),
};

/** Step Functions, as the function of campaigns asks it. */
export const FAULTY_EXECUTIONS: Faulty = {
  placeOf: ({ headers }) =>
    operationOf(headers) === 'ListExecutions' ? 'executions listed' : 'execution read',
  error: awsError(500, 'InternalServerError'),
  throttle: awsError(400, 'ThrottlingException'),
};

export const FAULTY_TABLES: Faulty = {
  placeOf({ headers, body }) {
    return PLACE_OF[operationOf(headers)]?.(JSON.parse(body.toString()));
  },
  error: awsError(500, 'InternalServerError'),
  throttle: awsError(400, 'ProvisionedThroughputExceededException'),
  doPart(request, forward) {
    return isRow(request) ? writeEveryOther(request, forward) : undefined;
  },
};

// biome-ignore lint/suspicious/noExplicitAny: what the SDK sends.
const PLACE_OF: Readonly<Record<string, (asked: any) => Place>> = {
  GetItem: ({ Key }) => (Key.requestId === undefined ? 'budget read' : 'campaign row read'),
  Query: ({ IndexName }) => (IndexName === undefined ? 'rows read' : 'summaries read'),
  BatchGetItem: () => 'final events read',
  UpdateItem: ({ Key }) => (Key.requestId === undefined ? 'budget write' : 'final event row'),
  PutItem({ Item: { requestId, logId } }) {
    if (requestId.S === BOTS_PARTITION) return 'bot row';
    if (requestId.S.startsWith(campaignPartition(''))) return 'campaign row';
    return logId.S === SUMMARY_ID ? 'summary' : 'rows written';
  },
};

function operationOf(headers: Request['headers']): string {
  return String(headers[TARGET]).replace(/^.*\./, '');
}

function isRow(request: Request): boolean {
  return FAULTY_TABLES.placeOf(request) === 'rows written';
}

/** As where one partition of an index is too hot: the rows in it stay out. */
async function writeEveryOther(
  request: Request,
  forward: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  const logId: string = JSON.parse(request.body.toString()).Item.logId.S;
  return Number(logId.replace(/\D/g, '')) % 2 === 0 ? forward(request) : FAULTY_TABLES.throttle;
}

function koreError(status: number, msg: string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ errors: [{ msg, code: status * 10 }] })),
  };
}

export const FAULTY_KORE: Faulty = {
  placeOf: () => 'Kore call',
  error: koreError(503, 'Service unavailable'),
  throttle: koreError(429, 'Rate limit for this API has been reached. Please try again after some time.'),
};
