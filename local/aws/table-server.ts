/** DynamoDB on this machine: dynalite, with the tables that the template describes. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import { type CreatedTables, createdTables } from './created-tables.ts';
import type { DeployedTable } from './deployment.ts';

export interface TableServer extends CreatedTables {
  readonly endpoint: string;
  /** Hears of every request before it is answered, by the name of its operation. */
  onRequest(listener: (operation: string) => void): void;
  close(): Promise<void>;
}

/** @param others tables beside the one of the delivery log. */
export async function tableServer(
  deliveryLog: DeployedTable,
  ...others: readonly DeployedTable[]
): Promise<TableServer> {
  const server: Server = dynalite({ createTableMs: 0 });
  const underWay = new Set<Promise<void>>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const dealtWith = untilDealtWith(request, response).finally(() => underWay.delete(dealtWith));
    underWay.add(dealtWith);
  });
  const endpoint = await listenOnLoopback(server);
  const tables = await createdTables(endpoint, deliveryLog, others);
  return {
    ...tables,
    endpoint,
    onRequest(listener) {
      server.prependListener('request', ({ headers }) => {
        listener(String(headers['x-amz-target']).replace(/^.*\./, ''));
      });
    },
    async close() {
      tables.client.destroy();
      // A request may still be on its way from a sender that is gone: nobody takes it any more.
      server.removeAllListeners('request');
      // dynalite goes on where the sender is gone, and throws where its database is closed by then.
      await Promise.all(underWay);
      await closeServer(server);
    },
  };
}

/** Until dynalite has answered, whether or not the client still listens, or the request turns out to be none. */
function untilDealtWith(request: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = (...args: unknown[]) => {
      resolve();
      return end(...args);
    };
    request.once('close', () => {
      if (!request.complete) resolve();
    });
  });
}
