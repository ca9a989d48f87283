/** What the exit status of a command says. */

export const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  timedOut: 3,
  notFound: 4,
  refused: 5,
  notPermitted: 6,
  troubled: 7,
  interrupted: 130,
} as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** For `--help`. */
export const EXIT_STATUSES: readonly (readonly [ExitStatus, string])[] = [
  [EXIT.done, 'done; of a watched tracking: complete, even if recipients were not reached'],
  [
    EXIT.failed,
    "a watched tracking failed, some of a file's ids could not be started, some dead letters were kept, the credentials are not usable, or an unexpected error",
  ],
  [EXIT.wrongUsage, 'wrong usage'],
  [EXIT.timedOut, 'a watched tracking timed out'],
  [EXIT.notFound, 'no such stack, tracker, tracking or campaign'],
  [EXIT.refused, 'refused: it runs already, is complete, is not confirmed, or there is nothing to do'],
  [EXIT.notPermitted, 'AWS credentials are missing, expired or not permitted'],
  [EXIT.troubled, 'doctor found something, or could not look at everything'],
  [EXIT.interrupted, 'interrupted'],
];
