/** The secret's JSON: how a tracker proves to Kore.ai who it is. */
import { createPrivateKey, type KeyObject } from 'node:crypto';

/** Kore.ai docs, SDK Security: the app's settings in Kore choose one of these. */
export type Algorithm = 'HS256' | 'HS512' | 'RS256' | 'RS512';
const SECRET_ALGORITHMS: readonly string[] = ['HS256', 'HS512'];
const KEY_ALGORITHMS: readonly string[] = ['RS256', 'RS512'];

/** All that the secret's JSON may hold. */
export const SECRET_FIELDS: readonly string[] = [
  'clientId',
  'clientSecret',
  'privateKey',
  'algorithm',
  'subject',
];

export interface Credentials {
  readonly clientId: string;
  /** `sub` of the token. */
  readonly subject: string;
  readonly algorithm: Algorithm;
  readonly key: Uint8Array | KeyObject;
}

/** Stands in the secret that the stack creates, until the operator puts the real values there. */
export const PLACEHOLDER = 'REPLACE_ME';

export type CredentialsErrorCode =
  | 'PLACEHOLDER'
  | 'NOT_JSON'
  | 'FIELD_MISSING'
  | 'FIELD_INVALID'
  | 'KEY_MALFORMED'
  | 'ALGORITHM_UNKNOWN';

/** Why a secret is not usable. Its message names a field, and never a value. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code: CredentialsErrorCode;

  constructor(code: CredentialsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads `{"clientId", "clientSecret" | "privateKey", "algorithm"?, "subject"?}`. The algorithm defaults to HS256 with
 * a client secret and RS256 with a private key (PEM); the subject to the client id. Other fields are ignored.
 *
 * @throws CredentialsError
 */
export function parseCredentials(secret: string): Credentials {
  const fields = secretFields(secret);
  const clientId = requireText(fields, 'clientId');
  if (Object.values(fields).includes(PLACEHOLDER)) {
    throw new CredentialsError(
      'PLACEHOLDER',
      "The secret still holds the placeholder. Put the app's clientId and clientSecret (or privateKey) into it.",
    );
  }
  const subject = optionalText(fields, 'subject') ?? clientId;
  const clientSecret = optionalText(fields, 'clientSecret');
  const privateKey = optionalText(fields, 'privateKey');
  if (clientSecret !== undefined && privateKey !== undefined) {
    throw invalid('FIELD_INVALID', 'it holds both "clientSecret" and "privateKey"; keep one');
  }
  if (clientSecret !== undefined) {
    const algorithm = chooseAlgorithm(fields, SECRET_ALGORITHMS, 'clientSecret');
    return { clientId, subject, algorithm, key: new TextEncoder().encode(clientSecret) };
  }
  if (privateKey !== undefined) {
    const algorithm = chooseAlgorithm(fields, KEY_ALGORITHMS, 'privateKey');
    return { clientId, subject, algorithm, key: parsePrivateKey(privateKey) };
  }
  throw invalid('FIELD_MISSING', '"clientSecret" or "privateKey" is missing');
}

/** @throws CredentialsError `NOT_JSON`. */
export function secretFields(secret: string): Record<string, unknown> {
  let fields: unknown;
  try {
    // Some editors put a byte order mark in front.
    fields = JSON.parse(secret.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message quotes the text.
    throw invalid('NOT_JSON', 'it is not JSON');
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw invalid('NOT_JSON', 'it is not a JSON object');
  }
  return fields as Record<string, unknown>;
}

function requireText(fields: Record<string, unknown>, name: string): string {
  const text = optionalText(fields, name);
  if (text === undefined) throw invalid('FIELD_MISSING', `"${name}" is missing`);
  return text;
}

function optionalText(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalid('FIELD_INVALID', `"${name}" is not a string`);
  return value;
}

function chooseAlgorithm(fields: Record<string, unknown>, allowed: readonly string[], with_: string) {
  const algorithm = optionalText(fields, 'algorithm') ?? allowed[0];
  if (algorithm === undefined || !allowed.includes(algorithm)) {
    throw invalid('ALGORITHM_UNKNOWN', `"algorithm" must be ${allowed.join(' or ')} with "${with_}"`);
  }
  return algorithm as Algorithm;
}

/** Kore.ai docs, SDK Security, and RFC 7518: an RSA key for these algorithms has 2048 bits or more. */
const FEWEST_KEY_BITS = 2048;

function parsePrivateKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(withLineBreaks(pem));
  } catch {
    throw invalid('KEY_MALFORMED', '"privateKey" is not an unencrypted private key in PEM form');
  }
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_KEY_BITS) {
    throw invalid('KEY_MALFORMED', `"privateKey" is not an RSA key of ${FEWEST_KEY_BITS} bits or more`);
  }
  return key;
}

/** Consoles and editors turn the line breaks of a PEM into "\\n", or into spaces. */
function withLineBreaks(pem: string): string {
  const [, begin, body = '', end] =
    /(-----BEGIN [A-Z ]+-----)([\s\S]*)(-----END [A-Z ]+-----)/.exec(pem) ?? [];
  return begin === undefined ? pem : [begin, body.replace(/\\[rn]|\s/g, ''), end].join('\n');
}

function invalid(code: CredentialsErrorCode, what: string): CredentialsError {
  return new CredentialsError(code, `The secret is not usable: ${what}.`);
}
