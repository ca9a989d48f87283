/** The secret as Secrets Manager hands it out, or the name of the reason why it does not. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretRead } from '../examinations/secret.ts';

/** The secret is gone, is to be deleted, or its key does not decrypt it (AWS docs, GetSecretValue). */
const NOT_HANDED_OUT = /^(ResourceNotFoundException|InvalidRequestException|DecryptionFailure)$/;

export async function readSecret(client: SecretsManagerClient, secretArn: string): Promise<SecretRead> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return { secretArn, text: SecretString };
  } catch (error) {
    if (!(error instanceof Error && NOT_HANDED_OUT.test(error.name))) throw error;
    return { secretArn, refusal: error.name };
  }
}
