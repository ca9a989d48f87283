/** What the simulated Kore.ai of the emulator delivers: each id begins with how its delivery goes. */
import { COURSES, SCENARIOS } from '../local/kore/scenario.ts';
import type { UnsentNotification } from '../local/kore/simulator.ts';

export const STREAM_ID = 'st-emulator';
export const RECIPIENTS = 24;

/** A campaign that is tracked from the start. */
export const CAMPAIGN = {
  campaignId: 'spring-2027',
  notifications: ['success', 'partial', 'failure', 'slow', 'outage'].map((scenario) => ({
    requestId: `ds-${scenario}-spring-2027`,
    streamId: STREAM_ID,
    recipients: RECIPIENTS,
  })),
};

/** `ds-slow`, `ds-slow-2` and all that begin like that are slow, and so on; any other id is unknown. */
export function seededDelivery(requestId: string, streamId: string): UnsentNotification | undefined {
  const scenario = SCENARIOS.find((name) => `${requestId}-`.startsWith(`ds-${name}-`));
  return scenario && { requestId, streamId, recipients: RECIPIENTS, course: COURSES[scenario] };
}
