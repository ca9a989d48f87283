/** Over TLS, as Kore is reached: the certificate is of the test's own authority. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { expect, it, onTestFinished } from 'vitest';
import { connectToStatusApi } from '../../../lambdas/check-delivery/kore/status-api.ts';
import { closeServer, listenOnLoopback } from '../../../local/loopback.ts';

const ANSWER = { status: 'SUCCESS', statusLogs: [{ _id: 'nl-1' }] };

/** A Kore on `localhost` whose certificate names `name`. */
async function secureKore(name: string) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }]);
  const server = createServer({ key, cert }, (_request, response) => response.end(JSON.stringify(ANSWER)));
  const origin = await listenOnLoopback(server);
  onTestFinished(() => closeServer(server));
  return { origin: `https://localhost:${new URL(origin).port}`, cert };
}

function trust(cert: string): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

async function ask(host: string): Promise<unknown> {
  const limits = { connectLimitMs: 5_000, timeLimitMs: 5_000, sizeLimitBytes: 10_000 };
  const call = await connectToStatusApi(
    { host, apiScope: 'app-builder', ...limits },
    { requestId: 'ds-1', streamId: 'st-1' },
    Date.now,
  );
  return call.ask('token', undefined);
}

it('asks over TLS, of whom the certificate names', async () => {
  const { origin, cert } = await secureKore('localhost');
  trust(cert);

  expect(await ask(origin)).toMatchObject({ status: 'SUCCESS' });
});

it.each([
  ['that nobody vouches for', 'localhost', false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['of another host', 'kore.example', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('asks nothing of a host with a certificate %s', async (_, name, isTrusted, reason) => {
  const { origin, cert } = await secureKore(name);
  if (isTrusted) trust(cert);

  await expect(ask(origin)).rejects.toMatchObject({
    obstacle: { code: 'KORE_UNREACHABLE', message: `Kore at ${origin} could not be reached: ${reason}.` },
  });
});

it('gives up a handshake that does not end', async () => {
  const server = createTcpServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const host = `https://127.0.0.1:${port}`;
  const limits = { connectLimitMs: 100, timeLimitMs: 60_000, sizeLimitBytes: 10_000 };

  const attempt = connectToStatusApi(
    { host, apiScope: 'app-builder', ...limits },
    { requestId: 'ds-1', streamId: 'st-1' },
    Date.now,
  );

  await expect(attempt).rejects.toMatchObject({
    obstacle: { message: `Kore at ${host} could not be reached: no connection within 0.1 s.` },
  });
});
