/** The name by which all that a run makes is known: stacks begin with it, and have it in a tag. */
import { randomBytes } from 'node:crypto';

const PREFIX = 'delivery-tracker-verify-';
export const TAG = 'delivery-tracker-verify';

export function newRunName(): string {
  return PREFIX + randomBytes(4).toString('hex');
}

/** Of a stack's name; `undefined` if no run made it. */
export function runNameOf(stackName: string): string | undefined {
  return /^delivery-tracker-verify-[0-9a-f]{8}(?=-|$)/.exec(stackName)?.[0];
}
