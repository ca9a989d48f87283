/** Where moto's state machines find Lambda, EventBridge and DynamoDB: this process does what their tasks ask for. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { TaskHandlers } from '../../../local/aws/state-machine.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

/** What a definition reaches. The name of an error that a task throws is what the state fails with. */
export interface Services extends TaskHandlers {
  /** The ARN of the function that the definition is to invoke. */
  readonly functionArn: string;
  /** Hears the time of each request on moto's clock, in milliseconds since 1970. */
  onTime(now: number): void;
}

export interface ServicesProxy {
  readonly endpoint: string;
  /** Does what these services do from now on. */
  use(services: Services): void;
  close(): Promise<void>;
}

/** A task that throws it is never answered, so that it times out. */
export const NO_ANSWER = 'States.Timeout';

export async function servicesProxy(): Promise<ServicesProxy> {
  let services: Services | undefined;
  const server = createServer(async (request, response) => {
    response.setHeader('x-amzn-requestid', randomUUID());
    try {
      if (services === undefined) throw new Error('no services are in use');
      services.onTime(timeOf(request));
      answer(response, await perform(services, request));
    } catch (error) {
      fail(error as Error, response);
    }
  });
  return {
    endpoint: await listenOnLoopback(server),
    use(others) {
      services = others;
    },
    close: () => closeServer(server),
  };
}

async function perform(services: Services, request: IncomingMessage): Promise<unknown> {
  const parameters = await json(request);
  const [, invoked] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '') ?? [];
  if (invoked !== undefined) {
    if (decodeURIComponent(invoked) === services.functionArn) return services.invokeFunction(parameters);
    throw new Error(`the definition invokes another function: ${invoked}`);
  }
  switch (request.headers['x-amz-target']) {
    case 'AWSEvents.PutEvents':
      return services.putEvents(withObjects(parameters as PutEvents));
    case 'DynamoDB_20120810.UpdateItem':
      return services.updateItem(parameters);
    case 'DynamoDB_20120810.PutItem':
      return services.putItem(parameters);
    default:
      throw new Error(`the definition asks for more than is known here: ${request.url}`);
  }
}

interface PutEvents {
  readonly Entries: readonly { readonly Detail: string }[];
}

/** EventBridge takes the detail as text, which Step Functions makes of it. */
function withObjects({ Entries }: PutEvents): object {
  return { Entries: Entries.map(({ Detail, ...entry }) => ({ ...entry, Detail: JSON.parse(Detail) })) };
}

/** Of the signature, in whole seconds. The next one, or a function would be woken before its time. */
function timeOf({ headers }: IncomingMessage): number {
  const signedAt = String(headers['x-amz-date']);
  const iso = signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Date.parse(iso) + 1_000;
}

function answer(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** As each service tells it, so that the interpreter finds its name. */
function fail({ name, message }: Error, response: ServerResponse): void {
  if (name === NO_ANSWER) return;
  const [service, code = ''] = name.split('.');
  if (name === 'EventBridge.FailedEntry') {
    const Entries = [{ ErrorCode: 'InternalFailure', ErrorMessage: message }];
    answer(response, { FailedEntryCount: 1, Entries });
  } else if (['Lambda', 'EventBridge', 'DynamoDB'].includes(service ?? '')) {
    response.writeHead(400, { 'content-type': 'application/json', 'x-amzn-errortype': code });
    response.end(JSON.stringify({ __type: code, message }));
  } else {
    response.setHeader('x-amz-function-error', 'Unhandled');
    answer(response, { errorType: name, errorMessage: message });
  }
}
