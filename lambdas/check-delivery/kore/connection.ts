/** A connection to Kore, made before the call is claimed: how long it takes must not count as being on the way. */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * A connection of its own for each call: a container that was frozen between checks would find a kept one dead.
 *
 * @param origin such as `https://platform.kore.ai`.
 * @returns a socket that is connected, TLS included.
 * @throws the network's error, or the signal's reason.
 */
export function connected(origin: string, signal: AbortSignal): Promise<Socket> {
  const { protocol, hostname, port } = new URL(origin);
  // An IPv6 address stands in brackets in a URL.
  const host = hostname.replace(/^\[|\]$/g, '');
  const isSecure = protocol === 'https:';
  const socket = isSecure
    ? connectTls({
        host,
        port: Number(port || 443),
        ALPNProtocols: ['http/1.1'],
        ...(isIP(host) === 0 && { servername: host }),
      })
    : connectTcp({ host, port: Number(port || 80) });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      socket.destroy();
      reject(error);
    };
    const giveUp = () => fail(signal.reason);
    signal.addEventListener('abort', giveUp);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', giveUp);
      resolve(socket);
    });
    // It also hears of a connection that breaks later, before anything is asked: without a listener that would end the process.
    socket.on('error', fail);
  });
}
