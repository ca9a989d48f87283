/** What AWS's services and Kore.ai are in the world of faults: their places, their errors, their "too fast". */
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
    if (!String(request.headers[TARGET]).endsWith('.BatchWriteItem')) return undefined;
    return writeAllButOne(request, forward);
  },
};

const PLACE_OF: Readonly<Record<string, Place>> = {
  GetItem: 'budget read',
  Query: 'rows read',
  BatchWriteItem: 'rows written',
};

function placeOfUpdate(body: Buffer): Place {
  return JSON.parse(body.toString()).Key.requestId === undefined ? 'budget write' : 'final event row';
}

function placeOfPut(body: Buffer): Place {
  const { Item } = JSON.parse(body.toString());
  if (Item.requestId.S === '#bots') return 'bot row';
  return Item.logId.S === '#summary' ? 'summary' : 'rows written';
}

/** As where one partition is too hot: the last row of every batch stays out. */
async function writeAllButOne(
  request: Request,
  forward: (request: Request) => Promise<Reply>,
): Promise<Reply> {
  const { RequestItems } = JSON.parse(request.body.toString());
  const [[table, rows]] = Object.entries(RequestItems) as [[string, unknown[]]];
  const processed = rows.slice(0, -1);
  if (processed.length > 0) {
    await forward({
      ...request,
      body: Buffer.from(JSON.stringify({ RequestItems: { [table]: processed } })),
    });
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify({ UnprocessedItems: { [table]: rows.slice(-1) } })),
  };
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
