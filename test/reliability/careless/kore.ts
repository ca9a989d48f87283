/** Kore as a notification's checks meet it. What it answered is remembered, with what became of the answer. */
import {
  parseStatusAnswer,
  type StatusAnswer,
} from '../../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { type CarelessEntry, type Course, entriesAt, statusAt } from './course.ts';
import type { CarelessNotification } from './plan.ts';

export interface Answer {
  /** By the clock of the check that asked, milliseconds since 1970. */
  readonly askedAt: number;
  /** When Kore read its books, milliseconds since 1970. */
  readonly readAt: number;
  readonly entries: readonly CarelessEntry[];
  /** A check has told on the strength of it, so its logs must be in the table. */
  isSafe: boolean;
}

/** @param seconds after the send. */
export function answerAt(
  course: Course,
  { takes, announces, recipients }: CarelessNotification,
  seconds: number,
): { answer: StatusAnswer; entries: readonly CarelessEntry[] } {
  const entries = entriesAt(course, seconds);
  const count = announces === 'count' ? recipients : undefined;
  const body = { status: statusAt(course, takes, seconds), statusLogs: entries, count };
  return { answer: parseStatusAnswer(JSON.stringify(body)), entries };
}
