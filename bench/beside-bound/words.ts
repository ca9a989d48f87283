/** How the tables name and write what they hold. */
import type { Load } from '../campaign/campaign.ts';
import { POLICIES } from '../campaign/policies.ts';
import { number } from '../page/section.ts';

export function loadInWords({ notifications, within }: Load): string {
  return `${number(notifications)} (${number(within)} s)`;
}

/** Of the state machine, for each notification. */
export function transitions(checks: number): string {
  return POLICIES['this project'].transitions(checks).toFixed(1);
}

export function times(lag: number, leastLag: number): string {
  return (lag / leastLag).toFixed(2);
}
