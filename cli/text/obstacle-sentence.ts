import type { CommandText } from '../command-text.ts';
import { callAbout, SET_CREDENTIALS, type TrackedNotification } from '../credentials/credentials-commands.ts';

/** What an obstacle's code means, and what to do about it: the essence of docs/errors.md, which an operator may not have at hand. */
const SENTENCES: Readonly<Record<string, readonly [means: string, advice: string]>> = {
  DEADLINE_PASSED: [
    'Kore.ai still said "in progress" at the deadline.',
    'Find out in Kore.ai why it is slow, or lengthen the deadline; then track it again.',
  ],
  INVALID_INPUT: ['The input of the execution cannot be tracked.', 'Correct the workload that started it.'],
  TRACKING_INTERRUPTED: [
    'The execution was stopped, or died without its event.',
    'Track it again, unless that was intended.',
  ],
  UNEXPECTED_ERROR: [
    'Checks fail in the function, or Lambda does not run it.',
    "Read the function's log, and the errors in the execution's history.",
  ],
  CAMPAIGN_ID_USED: ['Another execution has this campaign id.', 'Choose another id.'],
  KORE_UNREACHABLE: [
    'Kore.ai answers with 5xx, not in time, or not at all.',
    'Check the network if it lasts.',
  ],
  KORE_ANSWER_INVALID: [
    'The answer of Kore.ai cannot be read.',
    "Check the tracker's host: a proxy may answer instead of Kore.ai.",
  ],
  KORE_REQUEST_REFUSED: ['Kore.ai refuses the request.', "Check the tracker's host and API scope."],
  RATE_LIMITED: [
    'Kore.ai refuses calls by its rate limit.',
    'Find what else uses the same quota, or lower callLimits by what it uses.',
  ],
  OUT_OF_CALL_BUDGET: [
    'Other trackings have booked the calls of this quota key.',
    'Wait: it has a reservation, or gets one.',
  ],
  PAUSED: [
    'An operator has paused calls for the bot.',
    'Resume the bot (command "resume") when the incident is over.',
  ],
  NOTIFICATION_NOT_FOUND: ['Kore.ai does not know the notification.', 'Check its request id and stream id.'],
  CREDENTIALS_REFUSED: [
    'Kore.ai refuses the credentials.',
    'Compare client id, key, algorithm and API scope with the app in Kore.ai.',
  ],
  NOT_CONFIGURED: [
    'The secret still holds its placeholder.',
    'Put the credentials of the app in Kore.ai into it.',
  ],
  INVALID_SECRET: ["The secret's JSON is not usable.", "Correct the field that the function's log names."],
  SECRET_UNREACHABLE: [
    'Secrets Manager refuses, or does not answer.',
    "Check that the secret exists, and what the function's role and the secret's key allow.",
  ],
  TABLE_UNREACHABLE: [
    'DynamoDB refuses, or does not answer.',
    'Check the table, its key and its throttling.',
  ],
  LOGS_NOT_SAVED: [
    'The function ran out of time while saving rows.',
    'The next check goes on from there; check the table for throttling if it repeats.',
  ],
};

/** @param otherwise for a code of another release. */
export function obstacleSentence(code: string, otherwise = OF_ANOTHER_RELEASE): string {
  return sentencesOf(code)?.join(' ') ?? otherwise;
}

/** Without what to do. @returns `undefined` for a code of another release. */
export function obstacleMeaning(code: string): string | undefined {
  return sentencesOf(code)?.[0];
}

/** What to do alone. */
export function obstacleAdvice(code: string): string {
  return sentencesOf(code)?.[1] ?? OF_ANOTHER_RELEASE;
}

const OF_ANOTHER_RELEASE = 'This release does not know the code; a newer one may.';

function sentencesOf(code: string): readonly [means: string, advice: string] | undefined {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
}

/** What a command of this command line can do against an obstacle; of most there is none. */
const REMEDIES: Readonly<
  Record<string, readonly [to: string, command: (about: TrackedNotification) => Args]>
> = {
  NOT_CONFIGURED: ["To fill it, if it is the tracker's own", () => SET_CREDENTIALS],
  INVALID_SECRET: ["To put another in, if it is the tracker's own", () => SET_CREDENTIALS],
  CREDENTIALS_REFUSED: ['To find out why', callAbout],
};
type Args = readonly string[];

/** @param about the notification whose tracking meets it. */
export function obstacleRemedy(
  code: string,
  about: TrackedNotification,
  command: CommandText,
): string | undefined {
  const [to, args] = remedyOf(code) ?? [];
  return args && `${to}: ${command(...args(about))}`;
}

/** By its arguments. */
export function obstacleCommand(code: string, about: TrackedNotification): Args | undefined {
  return remedyOf(code)?.[1](about);
}

function remedyOf(code: string) {
  return Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
}
