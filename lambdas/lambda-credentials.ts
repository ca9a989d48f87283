/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundle: Lambda puts its role's credentials into the
 * environment, so the sources of other computers (profiles, SSO, instance metadata) need not be loaded.
 */
import { fromEnv } from '@aws-sdk/credential-provider-env';

export function defaultProvider() {
  return fromEnv();
}
