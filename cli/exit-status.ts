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
export const EXIT_STATUSES = `Exit status:
  0    done; of a watched tracking: complete, even if recipients were not reached
  1    a watched tracking failed, some of a file's ids could not be started, or an unexpected error
  2    wrong usage
  3    a watched tracking timed out
  4    no such stack, tracker, tracking or campaign
  5    refused: it runs already, is complete, or there is nothing to do
  6    AWS credentials are missing, expired or not permitted
  7    doctor found something, or could not look at everything
  130  interrupted`;
