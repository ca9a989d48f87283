/** What Kore says to one call of a test, as a value: an answer, or the obstacle that the call throws. */
import type { StatusAnswer } from '../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { type Obstacle, ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';

export type CannedAnswer =
  | { readonly kind: 'answer'; readonly answer: StatusAnswer }
  | { readonly kind: 'obstacle'; readonly obstacle: Obstacle };

/** @throws ObstacleError where it is an obstacle. */
export function answerOf(canned: CannedAnswer): StatusAnswer {
  if (canned.kind === 'answer') return canned.answer;
  const { code, message, ...details } = canned.obstacle;
  throw new ObstacleError(code, message, details);
}
