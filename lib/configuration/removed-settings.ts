/** Settings of 0.1.0 that are gone: of `schedule`, and with `Seconds` behind it in the context. */
import { PACES } from './pace.ts';

/** What to do in place of each. */
export const IN_PLACE_OF: ReadonlyMap<string, string> = new Map([
  ['firstCheck', "Leave it out: the first check is planned by what is known of the bot's deliveries."],
  ['checkWorth', `Choose a pace: ${PACES.map((pace) => `"${pace}"`).join(' or ')}.`],
]);
