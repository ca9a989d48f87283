/** The origin of Kore.ai's API, as it may be configured. */
import { Token } from 'aws-cdk-lib';
import { ConfigurationError } from './configuration-error.ts';
import { refuseToken } from './refuse-token.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @throws ConfigurationError */
export function checkHost(name: string, host: string): string {
  refuseToken(name, Token.isUnresolved(host));
  const url = URL.canParse(host) ? new URL(host) : undefined;
  // Before any message that repeats the value: it may hold a password.
  if (host.includes('@')) {
    throw new ConfigurationError(
      `${name} must not hold a user name or password. Put credentials into the secret.`,
    );
  }
  if (url === undefined) {
    throw new ConfigurationError(`${name} must be a URL such as https://platform.kore.ai; it is "${host}".`);
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe) {
    throw new ConfigurationError(
      `${name} must be https, or http to a loopback address; it is "${host}". The token would travel in the clear.`,
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new ConfigurationError(
      `${name} must be an origin without path; it is "${host}". Use "${url.origin}".`,
    );
  }
  return url.origin;
}
