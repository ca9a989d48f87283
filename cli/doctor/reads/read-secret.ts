/** The secret as Secrets Manager hands it out, or the name of the reason why it does not. */
import { readSecret, type StoredSecret } from '../../credentials/stored-secret.ts';
import type { SecretRead } from '../examinations/secret.ts';

/** The secret is gone, is to be deleted, or its key does not decrypt it (AWS docs, GetSecretValue). */
const NOT_HANDED_OUT = /^(ResourceNotFoundException|InvalidRequestException|DecryptionFailure)$/;

export async function readWhatIsHandedOut(secret: StoredSecret): Promise<SecretRead> {
  try {
    return { secretArn: secret.arn, text: (await readSecret(secret)).text };
  } catch (error) {
    if (!(error instanceof Error && NOT_HANDED_OUT.test(error.name))) throw error;
    return { secretArn: secret.arn, refusal: error.name };
  }
}
