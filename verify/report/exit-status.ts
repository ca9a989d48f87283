/** The exit status of a run. */
import type { Report } from '../verify.ts';

export const EXIT = { asAssumed: 0, differs: 1, wrongUsage: 2, interrupted: 130 };

/** Nothing may differ, fail or be left; and in an account something must have been shown. */
export function exitStatusOf({ place, isInterrupted, left, error, scenarios }: Report): number {
  if (isInterrupted) return EXIT.interrupted;
  const verdicts = scenarios.flatMap(({ findings }) => findings.map(({ verdict }) => verdict));
  const isBad = scenarios.some((one) => one.error !== undefined) || verdicts.includes('differs');
  const showsNothing = !place.isEmulator && !verdicts.includes('as assumed');
  return isBad || showsNothing || left.length > 0 || error !== undefined ? EXIT.differs : EXIT.asAssumed;
}
