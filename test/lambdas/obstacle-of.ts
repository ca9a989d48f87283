import { type Obstacle, ObstacleError } from '../../lambdas/check-delivery/obstacle.ts';

/** The obstacle that is thrown. */
export function obstacleOf(attempt: () => unknown): Obstacle {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ObstacleError) return error.obstacle;
    throw error;
  }
  throw new Error('nothing was thrown');
}
