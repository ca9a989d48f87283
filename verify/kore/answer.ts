/** The status API of a stand-in for Kore.ai, which knows a notification by its request id alone. */
import { statusBody } from '../../local/kore/notification.ts';
import type { TokenCheck } from '../../local/kore/token-check.ts';
import { notificationFrom } from '../world/notification.ts';

export interface KoreAnswer {
  readonly status: number;
  readonly body: string;
}

const PATH = /^\/api\/public\/bot\/([^/]+)\/notifyV2\/status\/([^/]+)$/;

export async function answerOf(
  path: string,
  token: string | undefined,
  checkToken: TokenCheck,
  now: number,
): Promise<KoreAnswer> {
  const [, streamId = '', requestId = ''] = PATH.exec(path) ?? [];
  const wrong = await checkToken(token, now);
  if (wrong !== undefined) return error(401, `Unauthorized: ${wrong}`, 4002);
  const notification = notificationFrom(requestId);
  if (notification === undefined) return error(404, 'No notification has this request id', 4041);
  const { seconds, recipients, sentAt } = notification;
  const course = { durationSeconds: seconds, fails: oneInEight, fault: () => undefined };
  const body = statusBody({ requestId, streamId, recipients, sentAt, course }, now);
  return { status: 200, body: JSON.stringify(body) };
}

const oneInEight = (index: number) => index % 8 === 5;

function error(status: number, msg: string, code: number): KoreAnswer {
  return { status, body: JSON.stringify({ errors: [{ msg, code }] }) };
}
