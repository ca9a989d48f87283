/** Names of states that somebody beside the definitions knows. */

/** The first state of a tracking: the command line tells it from a check, which it is not. */
export const FIRST_CHECK_PLANNED = 'Plan first check';

/** The state after failures that could not be announced: the command line tells it from a check that failed. */
export const ANNOUNCED_LATER = 'Announce with the next check';
