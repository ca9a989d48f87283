/** Whether a secret holds credentials that a tracker can use: their shape, not whether Kore.ai accepts them. */
import { createPrivateKey } from 'node:crypto';

export type CredentialsProblem = {
  readonly code:
    | 'PLACEHOLDER'
    | 'NOT_JSON'
    | 'FIELD_MISSING'
    | 'FIELD_UNKNOWN'
    | 'KEY_MALFORMED'
    | 'ALGORITHM_UNKNOWN';
  /** A sentence that names the field; never a value. */
  readonly message: string;
};

export function credentialsProblem(secretString: string): CredentialsProblem | undefined {
  const fields = fieldsIn(secretString);
  if (fields === undefined) return { code: 'NOT_JSON', message: 'It is not a JSON object.' };
  const { clientId, clientSecret, privateKey, algorithm } = fields;
  if (Object.values(fields).includes('REPLACE_ME')) {
    return { code: 'PLACEHOLDER', message: 'It still holds the placeholder.' };
  }
  if (!isText(clientId)) return { code: 'FIELD_MISSING', message: '"clientId" is missing.' };
  if (isText(clientSecret) === isText(privateKey)) {
    return { code: 'FIELD_MISSING', message: 'It needs either "clientSecret" or "privateKey".' };
  }
  const allowed = isText(clientSecret) ? ['HS256', 'HS512'] : ['RS256', 'RS512'];
  if (isText(algorithm) && !allowed.includes(algorithm)) {
    return { code: 'ALGORITHM_UNKNOWN', message: `"algorithm" must be ${allowed.join(' or ')}.` };
  }
  if (isText(privateKey) && !isKey(privateKey)) {
    return { code: 'KEY_MALFORMED', message: '"privateKey" is not a private key in PEM form.' };
  }
  return undefined;
}

function fieldsIn(text: string): Record<string, unknown> | undefined {
  try {
    const fields: unknown = JSON.parse(text);
    const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
    return isObject ? (fields as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
