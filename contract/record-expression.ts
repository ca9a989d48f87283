/** How the row of an execution's final event is written once: the functions and the state machines use the same expression. */

/** A redrive works for 14 days after an end (AWS docs, Redriving executions), and must find the same event. */
export const LEAST_DAYS_KEPT = 15;

/** One for each attribute of the row beside its keys: each stays what it was first. */
export const RECORD_ATTRIBUTES = ['outcome', 'detailType', 'detail', 'expiresAt'] as const;

/** Sets each attribute, unless the row has it. */
export const RECORD_EXPRESSION = `SET ${RECORD_ATTRIBUTES.map((name) => `#${name} = if_not_exists(#${name}, :${name})`).join(', ')}`;
export const RECORD_NAMES = Object.fromEntries(RECORD_ATTRIBUTES.map((name) => [`#${name}`, name]));
