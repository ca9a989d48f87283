/** The secret of a deployed tracker, in Secrets Manager. */
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CommandError } from '../command-error.ts';
import { EXIT } from '../exit-status.ts';
import { asCommandError } from '../tracker/as-command-error.ts';

export interface StoredSecret {
  readonly arn: string;
  client(): Promise<SecretsManager>;
}

export interface SecretText {
  /** Empty where the secret has bytes and no text. */
  readonly text: string;
  /** By how many milliseconds the clock of AWS is ahead of this machine's, as the SDK sees it from the answer. */
  readonly clockOffset: number;
}

/** @throws the SDK's errors. */
export async function readSecret({ arn, client }: StoredSecret): Promise<SecretText> {
  const secretsManager = await client();
  const { SecretString = '' } = await secretsManager.getSecretValue({ SecretId: arn });
  return { text: SecretString, clockOffset: secretsManager.config.systemClockOffset };
}

/**
 * The value before it stays there as AWSPREVIOUS (AWS docs, PutSecretValue).
 *
 * @throws CommandError `SECRET_NOT_WRITTEN` in place of an error that may quote the value.
 * @throws the SDK's errors, where the command line knows them: it then has sentences of its own.
 */
export async function writeSecret({ arn, client }: StoredSecret, text: string): Promise<void> {
  const secretsManager = await client();
  try {
    await secretsManager.putSecretValue({ SecretId: arn, SecretString: text });
  } catch (error) {
    if (asCommandError(error).code !== 'UNEXPECTED_ERROR') throw error;
    throw new CommandError(
      'SECRET_NOT_WRITTEN',
      EXIT.failed,
      `secretsmanager:PutSecretValue failed: ${(error as Error).name}. Nothing was written. See whether the secret is scheduled for deletion: aws secretsmanager describe-secret --secret-id ${arn}`,
    );
  }
}
