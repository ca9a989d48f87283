/**
 * Where the function finds what differs for single bots: in a secret of its own, since an environment would hold fifteen of them. No
 * credential is in it (docs/decisions/bots-settings.md).
 */
import { createHash } from 'node:crypto';
import { Lazy, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { StoredExceptions } from '../../lambdas/check-delivery/kore/access/bot-exceptions.ts';
import type { BotExceptions } from '../../lambdas/check-delivery/kore/access/bots.ts';
import { acknowledge } from '../acknowledge.ts';

export interface StoredBots {
  readonly secret: ISecret;
  readonly stored: StoredExceptions;
}

/** @returns nothing where no bot differs. */
export function storeBots(scope: Construct, bots: BotExceptions): StoredBots | undefined {
  if (Object.keys(bots).length === 0) return undefined;
  const stack = Stack.of(scope);
  const secret = new Secret(scope, 'Bots', {
    description:
      'Which bots have a host, API scope or secret of their own. The stack writes it; no credentials belong here',
    secretStringValue: SecretValue.unsafePlainText(stack.toJsonString(bots)),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(
    secret,
    'AwsSolutions-SMG4',
    'It holds settings and no credentials, so there is nothing to rotate',
  );
  // Once the app is complete: until then a secret's ARN may be unknown.
  const version = Lazy.string({ produce: () => hashOf(JSON.stringify(stack.resolve(bots))) });
  return { secret, stored: { secretArn: secret.secretArn, version } };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
