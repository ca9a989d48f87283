/** The checks that are measured: what the state machine sends for each, what Kore.ai answers, and what has to come of it. */
import { slotAt } from '../../lambdas/check-delivery/budget/call-limits.ts';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import { statusBody } from '../../local/kore/notification.ts';
import { number } from '../page/section.ts';

export interface Kind {
  readonly name: string;
  /** @param now milliseconds since 1970. */
  event(now: number): unknown;
  /** Body of Kore's answer. */
  readonly koreSays: string;
  readonly outcome: CheckResult['outcome'];
}

export const STREAM_ID = 'st-736ff917-d836-55b4-9a6b-3dad20c09af3';
const REQUEST_ID = 'ds-adddc869-d773-5785-9c6a-cfe1cbd9df1b';
/** Since the notification was sent. */
const AGE_SECONDS = 100;
const RECIPIENTS = 1_000;

export const KINDS: readonly Kind[] = [
  {
    name: 'plans the first check',
    event: (now) => {
      const input = inputTo(1);
      return { execution: executionFrom(now), input, state: input, plans: true };
    },
    koreSays: '{}',
    outcome: 'waiting',
  },
  {
    name: 'finds the delivery under way',
    event: (now) => laterCheck(1, now),
    koreSays: statusOf(1, 2 * AGE_SECONDS),
    outcome: 'waiting',
  },
  {
    name: `finds the end, ${number(RECIPIENTS)} recipients`,
    event: (now) => laterCheck(RECIPIENTS, now),
    koreSays: statusOf(RECIPIENTS, AGE_SECONDS),
    outcome: 'complete',
  },
];

function inputTo(recipients: number) {
  return { requestId: REQUEST_ID, streamId: STREAM_ID, recipients };
}

function executionFrom(startedAt: number) {
  const name = REQUEST_ID;
  const id = `arn:aws:states:us-east-1:000000000000:execution:DeliveryTracker:${name}`;
  return { id, name, startedAt: new Date(startedAt).toISOString() };
}

/** The third one, whose call was reserved, of a delivery of which no log has come yet. */
function laterCheck(recipients: number, now: number) {
  const input = inputTo(recipients);
  const progress = { checks: 2, status: 'IN_PROGRESS', seenSeconds: AGE_SECONDS / 2 };
  const reservation = { slot: slotAt(now), number: 1 };
  return {
    execution: executionFrom(now - AGE_SECONDS * 1_000),
    input,
    state: { outcome: 'waiting', request: input, progress, reservation },
  };
}

/** What Kore.ai says after `AGE_SECONDS` of a delivery that takes so long; one in eight of them fails. */
function statusOf(recipients: number, durationSeconds: number): string {
  const course = { durationSeconds, fails: (i: number) => i % 8 === 5, fault: () => undefined };
  const sentAt = Date.parse('2026-11-24T20:14:15Z');
  const sent = { requestId: REQUEST_ID, streamId: STREAM_ID, recipients, course, sentAt };
  return JSON.stringify(statusBody(sent, sentAt + AGE_SECONDS * 1_000));
}
