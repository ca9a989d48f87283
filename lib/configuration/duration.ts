/** Durations as the settings have them. */
import type { Duration } from 'aws-cdk-lib';
import { ConfigurationError } from './configuration-error.ts';
import { refuseToken } from './refuse-token.ts';

/** A year: the longest that a Standard execution can last (AWS docs, Step Functions service quotas). */
const MOST_SECONDS = 31_536_000;

/** @throws ConfigurationError */
export function seconds(name: string, duration: Duration): number {
  refuseToken(name, duration.isUnresolved());
  const value = duration.toSeconds({ integral: false });
  if (Number.isInteger(value) && value >= 1 && value <= MOST_SECONDS) return value;
  throw new ConfigurationError(`${name} must be whole seconds from 1 to ${MOST_SECONDS}; it is ${value} s.`);
}

/** @throws ConfigurationError */
export function days(name: string, duration: Duration): number {
  refuseToken(name, duration.isUnresolved());
  const value = duration.toDays({ integral: false });
  if (Number.isInteger(value) && value >= 1) return value;
  throw new ConfigurationError(`${name} must be whole days from 1; it is ${duration.toHumanString()}.`);
}
