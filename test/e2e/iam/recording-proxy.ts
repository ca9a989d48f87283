/**
 * Stands before the emulator where TLS would end, and keeps what functions and operators ask of AWS. It has the port that the
 * emulator believes to have, on another address of loopback, since the emulator writes its port into the URLs of queues.
 */
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

/** A signed request, as far as IAM cares. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly service: string;
  readonly region: string;
  readonly userAgent: string;
  /** `X-Amz-Target`: the operation, in the protocols that name it there. */
  readonly target: string;
  readonly body: string;
}

export interface RecordingProxy {
  readonly origin: string;
  close(): Promise<void>;
}

/** Where the emulator itself is to listen, on the proxy's port. */
export const BEHIND = '127.0.0.2';

/**
 * @param record is given each request of others than the account's owner.
 * @param owner access key of the account's owner, who deploys and tests.
 */
export async function startRecordingProxy(
  record: (request: SignedRequest) => void,
  owner: string,
): Promise<RecordingProxy> {
  // The emulator closes connections that idle, and a request that meets that end would be lost.
  const agent = new Agent({ keepAlive: false });
  const server = createServer((incoming, response) => {
    const { method, url, headers } = incoming;
    const onward = request(
      {
        host: BEHIND,
        port: incoming.socket.localPort,
        path: url,
        method,
        agent,
        headers: { ...headers, 'x-forwarded-proto': 'https' },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    const signer = signerOf(headers);
    if (signer !== undefined && signer.accessKeyId !== owner) {
      void textOf(incoming).then((body) =>
        record({ ...signer, target: String(headers['x-amz-target'] ?? ''), body }),
      );
    }
    incoming.pipe(onward);
  });
  return { origin: await listenOnLoopback(server), close: () => closeServer(server) };
}

/** `Credential=KEY/DATE/REGION/SERVICE/aws4_request`, of a request that is signed. */
function signerOf({ authorization = '', 'user-agent': userAgent = '' }: IncomingHttpHeaders) {
  const [, credential] = /Credential=([^,]+)/.exec(authorization) ?? [];
  const [accessKeyId = '', , region = '', service = ''] = credential?.split('/') ?? [];
  return credential === undefined ? undefined : { accessKeyId, region, service, userAgent };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => incoming.once('end', resolve));
  return Buffer.concat(chunks).toString();
}
