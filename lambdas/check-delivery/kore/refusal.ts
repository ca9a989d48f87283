/** What an answer that is none means: told by its HTTP status, and by the texts and codes of Kore's that are known. */
import type { Obstacle } from '../obstacle.ts';
import { fullWindowOf } from '../rate-limit.ts';
import type { KoreText } from './kore-text.ts';

/** Nobody asked for a part: a cache or a proxy has answered. */
export const PARTIAL_CONTENT = 206;

export function refusalOf(status: number, body: KoreText): Obstacle {
  if (status === PARTIAL_CONTENT) {
    return {
      code: 'KORE_ANSWER_INVALID',
      message: 'Kore answered 206: a part of an answer, not the whole.',
    };
  }
  const code = body.read(errorCodeIn);
  const said = `Kore answered ${status}${code === undefined ? '' : ` (code ${code})`}`;
  const fullWindow = body.read((text) => fullWindowOf(status, text));
  if (fullWindow !== undefined) {
    const message = `${said}. The bot's rate limit is used up.`;
    return { code: 'RATE_LIMITED', message, fullWindow };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'CREDENTIALS_REFUSED',
      message: `${said}. Check client id, key, algorithm and API scope of the app in Kore.ai, then update the secret.`,
    };
  }
  if (status === 404) {
    return { code: 'NOTIFICATION_NOT_FOUND', message: `${said}. Check the request id and the stream id.` };
  }
  if (status >= 500 || status === 408) {
    return { code: 'KORE_UNREACHABLE', message: `${said}.` };
  }
  return { code: 'KORE_REQUEST_REFUSED', message: `${said}. Check the host and the API scope.` };
}

/** Kore's codes have four digits, as far as they are documented; a longer number may be anybody's. */
const LARGEST_CODE = 99_999;

/** Kore's code, where the body has the documented form `{"errors":[{"msg","code"}]}`. Its `msg` may name anybody. */
function errorCodeIn(body: string): number | undefined {
  try {
    const { code } = JSON.parse(body).errors[0];
    return Number.isInteger(code) && code >= 0 && code <= LARGEST_CODE ? code : undefined;
  } catch {
    return undefined;
  }
}
