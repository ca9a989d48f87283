/** What is wrong with a secret, for an operator: more than for a tracking, which ignores what it does not know. */
import {
  CredentialsError,
  type CredentialsErrorCode,
  parseCredentials,
  SECRET_FIELDS,
  secretFields,
} from '../../contract/credentials.ts';

export type CredentialsProblem = {
  /** Stable; docs/command-line.md lists them. */
  readonly code: CredentialsErrorCode | 'FIELD_UNKNOWN';
  /** A sentence or two, with what to do. It may name a field that is known, and never says a value. */
  readonly message: string;
};

/** @returns `undefined` where the secret can be used as it is. */
export function credentialsProblem(secretString: string): CredentialsProblem | undefined {
  try {
    parseCredentials(secretString);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return { code: error.code, message: error.message };
  }
  const fields = secretFields(secretString);
  if (Object.values(fields).some((value) => typeof value === 'string' && value.includes(ELLIPSIS))) {
    return {
      code: 'PLACEHOLDER',
      message: `A value of the secret has the "${ELLIPSIS}" of the documentation's example. Put the app's own there.`,
    };
  }
  const unknown = Object.keys(fields).findIndex((name) => !SECRET_FIELDS.includes(name));
  if (unknown === -1) return undefined;
  return {
    code: 'FIELD_UNKNOWN',
    // Its name may be a value that lost its place.
    message: `Field ${unknown + 1} of the secret is none of ${SECRET_FIELDS.join(', ')}, and would be ignored. Correct its name, or remove it.`,
  };
}

const ELLIPSIS = '…';
