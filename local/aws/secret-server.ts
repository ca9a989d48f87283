/** Secrets Manager on this machine: `GetSecretValue` of one secret. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback.ts';

export interface SecretServer {
  readonly endpoint: string;
  /** The secret's text from now on; `undefined` makes it unreachable. */
  put(secret: string | undefined): void;
  close(): Promise<void>;
}

export async function secretServer(secretArn: string, secret: string): Promise<SecretServer> {
  let current: string | undefined = secret;
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(await text(request));
    const found = SecretId === secretArn && current !== undefined;
    response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        found
          ? { ARN: secretArn, SecretString: current, VersionId: 'local' }
          : { __type: 'ResourceNotFoundException', message: 'no such secret' },
      ),
    );
  });
  return {
    endpoint: await listenOnLoopback(server),
    put(secret) {
      current = secret;
    },
    close: () => closeServer(server),
  };
}
