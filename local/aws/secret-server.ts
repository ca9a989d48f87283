/** Secrets Manager on this machine: `GetSecretValue`. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback.ts';

/** A secret's text, or the name of the error that who reads it gets. */
export type LocalSecret =
  | string
  | { readonly refusal: 'AccessDeniedException' | 'ResourceNotFoundException' };

export interface SecretServer {
  readonly endpoint: string;
  /** A secret from now on, by default the first one. */
  put(secret: LocalSecret, arn?: string): void;
  close(): Promise<void>;
}

/** @param others texts of more secrets, by their ARNs. */
export async function secretServer(
  secretArn: string,
  secret: string,
  others: Readonly<Record<string, string>> = {},
): Promise<SecretServer> {
  const secrets = new Map<string, LocalSecret>(Object.entries({ ...others, [secretArn]: secret }));
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(await text(request));
    const secret = secrets.get(SecretId) ?? { refusal: 'ResourceNotFoundException' };
    const isGiven = typeof secret === 'string';
    response.writeHead(isGiven ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify(
        isGiven
          ? { ARN: SecretId, SecretString: secret, VersionId: 'local' }
          : { __type: secret.refusal, message: 'no such secret for you' },
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
