/** Secrets Manager on this machine: `GetSecretValue`. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback.ts';

export interface SecretServer {
  readonly endpoint: string;
  /** A secret's text from now on, by default of the first one; `undefined` makes it unreachable. */
  put(secret: string | undefined, arn?: string): void;
  close(): Promise<void>;
}

export async function secretServer(secretArn: string, secret: string): Promise<SecretServer> {
  const secrets = new Map<string, string | undefined>([[secretArn, secret]]);
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(await text(request));
    const SecretString = secrets.get(SecretId);
    response.writeHead(SecretString === undefined ? 400 : 200, {
      'content-type': 'application/x-amz-json-1.1',
    });
    response.end(
      JSON.stringify(
        SecretString === undefined
          ? { __type: 'ResourceNotFoundException', message: 'no such secret' }
          : { ARN: SecretId, SecretString, VersionId: 'local' },
      ),
    );
  });
  return {
    endpoint: await listenOnLoopback(server),
    put(secret, arn = secretArn) {
      secrets.set(arn, secret);
    },
    close: () => closeServer(server),
  };
}
