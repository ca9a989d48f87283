/** The stand-in for Kore.ai on this machine, for functions that an emulator runs here. */
import { createServer } from 'node:http';
import { parseCredentials } from '../../contract/credentials.ts';
import { tokenCheck } from '../../local/kore/token-check.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback.ts';
import { answerOf } from './answer.ts';

export async function koreOnLoopback(
  credentials: string,
): Promise<{ origin: string; close(): Promise<void> }> {
  const checkToken = tokenCheck(parseCredentials(credentials));
  const server = createServer(async (request, response) => {
    const token = request.headers.auth;
    const { status, body } = await answerOf(
      request.url ?? '',
      typeof token === 'string' ? token : undefined,
      checkToken,
      Date.now(),
    );
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  return { origin: await listenOnLoopback(server), close: () => closeServer(server) };
}
