import { ConfigurationError } from './configuration-error.ts';

/** What is only known at deployment cannot be checked at synth. */
export function refuseToken(name: string, isToken: boolean): void {
  if (isToken)
    throw new ConfigurationError(`${name} must be known at synth; it is a token. Give a plain value.`);
}
