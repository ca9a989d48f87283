/** A trouble that was found, with what to do about it. */

/** Stable; docs/command-line.md says what each means. */
export const FINDING_CODES = [
  'RELEASES_DIFFER',
  'SECRET_PLACEHOLDER',
  'SECRET_MALFORMED',
  'SECRET_UNREADABLE',
  'KORE_CREDENTIALS_REFUSED',
  'CHECKS_FAIL',
  'TRACKINGS_HELD',
  'BOT_PAUSED',
  'CALL_BUDGET_FULL',
  'CALL_BUDGETS_SEPARATE',
  'FUNCTION_FAILS',
  'FUNCTION_THROTTLED',
  'TABLE_THROTTLED',
  'EVENT_BUS_MISSING',
  'NO_RULES',
  'DEAD_LETTERS',
  'ALARM',
  'ALARM_MISSING',
  'NOT_EXAMINED',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  /** An error holds trackings or loses events until somebody acts; a warning may mend itself, or may be meant so. */
  readonly severity: 'error' | 'warning';
  /** What was found, in a sentence or two. It may quote what others wrote, and never a secret. */
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;
  /** Commands for it; those of this command line by their arguments. */
  readonly commands?: readonly (string | readonly string[])[];
}

/** As it is printed: its commands can be pasted as they are. */
export type PrintedFinding = Omit<Finding, 'commands'> & { readonly commands?: readonly string[] };
