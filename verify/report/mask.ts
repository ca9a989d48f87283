/** Takes out of observations what names an account, so that they can be committed as fixtures. */

/** Names and ids of this run, and what stands for them. */
export type Stand = Readonly<Record<string, string>>;

const ACCOUNT_IN_ARN = /(arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)(\d{12})(?=:)/g;
const ACCOUNT_IN_URL = /(https?:\/\/[^/\s"]+\/)(\d{12})(?=\/)/g;
const UNIQUE_ID = /\b(?:AROA|AIDA|ASIA|AKIA|ANPA|AGPA)[A-Z0-9]{12,}\b/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
/** Sessions and users have the names of people. */
const SESSION = /(:assumed-role\/[\w+=,.@-]+\/)[\w+=,.@-]+/g;
const USER = /(:(?:federated-)?user\/)[\w+=,.@/-]+/g;
const SESSION_OF_ID = /(\b(?:AROA|AIDA|ASIA)[A-Z0-9]{12,}:)[\w+=,.@-]+/g;
/** Shorter names are taken out of ARNs only: they may be part of any word. */
const SHORTEST_NAME = 4;
const FUNCTION_URL = /[a-z0-9]{20,}(?=\.lambda-url\.)/g;
/** Fields that are a number of an account, in events and answers. */
const ACCOUNT_FIELD = /("(?:account|accountId|Account|AccountId|OwnerAccount)":\s*")(\d{12})(?=")/g;

/**
 * A function that masks; the same id has the same stand-in in everything that it masks, so that equal stays equal.
 *
 * @param stands of ids that are known beforehand, such as the run's accounts.
 * @param callers ARNs of those who make the run: each part of their names is taken out wherever it is.
 */
export function masker(stands: Stand = {}, callers: readonly string[] = []): <T>(value: T) => T {
  const accounts = numbered((number) => String(number).padStart(12, '1'));
  const uuids = numbered((number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  const known = Object.entries(stands).filter(([id]) => id !== '');
  const isStandIn = new Set(Object.values(stands));
  const accountOf = (id: string) => (isStandIn.has(id) ? id : accounts(id));

  const names = callers.flatMap(namesIn).map((name) => new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`, 'gi'));

  function maskText(text: string): string {
    let masked = text;
    for (const [id, standIn] of known) masked = masked.replaceAll(id, standIn);
    masked = masked.replace(SESSION, '$1session').replace(USER, '$1name').replace(SESSION_OF_ID, '$1session');
    for (const name of names) masked = masked.replace(name, 'caller');
    return masked
      .replace(ACCOUNT_IN_ARN, (_, before, id) => `${before}${accountOf(id)}`)
      .replace(ACCOUNT_IN_URL, (_, before, id) => `${before}${accountOf(id)}`)
      .replace(ACCOUNT_FIELD, (_, before, id) => `${before}${accountOf(id)}`)
      .replace(UUID, (id) => uuids(id.toLowerCase()))
      .replace(UNIQUE_ID, (id) => `${id.slice(0, 4)}XXXXXXXXXXXXXXXXX`)
      .replace(FUNCTION_URL, 'stand-in');
  }

  return (value) => {
    if (value === undefined) return value;
    return JSON.parse(maskText(JSON.stringify(value)));
  };
}

/** Of `arn:aws:sts::123456789012:assumed-role/Role/person@example.com` the role and the person. */
function namesIn(callerArn: string): string[] {
  const [, ...parts] = (callerArn.split(':').at(-1) ?? '').split('/');
  return parts.filter((part) => part.length >= SHORTEST_NAME);
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}

/** Numbers what it sees; its own numbers it leaves alone. */
function numbered(standIn: (number: number) => string): (id: string) => string {
  const seen = new Map<string, string>();
  const given = new Set<string>();
  return (id) => {
    if (given.has(id)) return id;
    const known = seen.get(id) ?? standIn(seen.size + 1);
    seen.set(id, known);
    given.add(known);
    return known;
  };
}
