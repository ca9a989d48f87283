/** What an answer that is none means: told by its HTTP status, and by the texts and codes of Kore's that are known. */
import { type ObstacleCode, ObstacleError } from '../../obstacle.ts';
import type { KoreText } from './kore-text.ts';
import { fullWindowOf } from './rate-limit.ts';

/** We ask for no part: a cache or a proxy has answered. */
export const PARTIAL_CONTENT = 206;

/** @param retryAfterSeconds for how long Kore, or a proxy before it, asks to be left alone. */
export function refusalOf(
  status: number,
  body: KoreText,
  retryAfterSeconds: number | undefined,
): ObstacleError {
  const fullWindow = body.read((text) => fullWindowOf(status, text));
  const code = body.read(errorCodeIn);
  const said = `Kore answered ${status}${code === undefined ? '' : ` (code ${code})`}`;
  const [obstacle, message] = meaningOf(status, said, fullWindow !== undefined);
  return new ObstacleError(obstacle, message, { fullWindow, retryAfterSeconds });
}

function meaningOf(status: number, said: string, isRateLimited: boolean): [ObstacleCode, string] {
  if (status === PARTIAL_CONTENT) {
    return ['KORE_ANSWER_INVALID', 'Kore answered 206: a part of an answer, not the whole.'];
  }
  if (isRateLimited) return ['RATE_LIMITED', `${said}. The bot's rate limit is used up.`];
  if (status === 401 || status === 403) {
    return [
      'CREDENTIALS_REFUSED',
      `${said}. Check client id, key, algorithm and API scope of the app in Kore.ai, then update the secret.`,
    ];
  }
  if (status === 404) {
    return ['NOTIFICATION_NOT_FOUND', `${said}. Check the request id and the stream id.`];
  }
  if (status >= 500 || status === 408) return ['KORE_UNREACHABLE', `${said}.`];
  return ['KORE_REQUEST_REFUSED', `${said}. Check the host and the API scope.`];
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
