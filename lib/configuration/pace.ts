/** How soon news is wanted, against what checks cost. */
export type Pace = 'prompt' | 'balanced' | 'thrifty';

/** How many seconds of lag one more check must be expected to save. Fewer, news comes earlier and takes more checks. */
export const SECONDS_OF_LAG_A_CHECK_IS_WORTH: Readonly<Record<Pace, number>> = {
  prompt: 1,
  balanced: 4,
  thrifty: 16,
};

export const PACES = Object.keys(SECONDS_OF_LAG_A_CHECK_IS_WORTH) as Pace[];
