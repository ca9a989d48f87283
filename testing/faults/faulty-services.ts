/** What AWS's services and Kore.ai are in the world of faults: their places, their errors, their "too fast". */
import { BOTS_PARTITION, SUMMARY_ID } from '../../contract/table-names.ts';
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

export const FAULTY_SECRETS: Faulty = {
  placeOf: () => 'secret read',
  error: awsError(500, 'InternalServiceError'),
  throttle: awsError(400, 'ThrottlingException'),
};

export const FAULTY_TABLES: Faulty = {
  placeOf({ headers, body }) {
    const operation = String(headers[TARGET]).replace(/^.*\./, '');
    if (operation === 'PutItem') return placeOfPut(body);
    return operation === 'UpdateItem' ? placeOfUpdate(body) : PLACE_OF[operation];
  },
  error: awsError(500, 'InternalServerError'),
  throttle: awsError(400, 'ProvisionedThroughputExceededException'),
  doPart(request, forward) {
    return isRow(request) ? writeEveryOther(request, forward) : undefined;
  },
};

const PLACE_OF: Readonly<Record<string, Place>> = {
  GetItem: 'budget read',
  Query: 'rows read',
};

function placeOfUpdate(body: Buffer): Place {
  return JSON.parse(body.toString()).Key.requestId === undefined ? 'budget write' : 'final event row';
}

function placeOfPut(body: Buffer): Place {
  const { Item } = JSON.parse(body.toString());
  if (Item.requestId.S === BOTS_PARTITION) return 'bot row';
  return Item.logId.S === SUMMARY_ID ? 'summary' : 'rows written';
}

function isRow({ headers, body }: Request): boolean {
  return String(headers[TARGET]).endsWith('.PutItem') && placeOfPut(body) === 'rows written';
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
