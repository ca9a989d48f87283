/** Bots that an operator has paused. */
import { timestamp } from '../../text/timestamp.ts';
import type { Examination } from '../examination.ts';

export interface PausedBot {
  /** Its stream id, or the client id where the path of calls names no bot. */
  readonly quotaKey: string;
  /** ISO 8601. */
  readonly pausedAt: string;
}

export const PAUSES: Examination<readonly PausedBot[]> = {
  name: 'pauses',
  well: 'no bot is paused',
  findingsIn: (paused) =>
    paused.map(({ quotaKey, pausedAt }) => ({
      code: 'BOT_PAUSED',
      severity: 'warning',
      what: `${quotaKey} has been paused since ${timestamp(pausedAt)}: its trackings wait, and their deadlines do not.`,
      advice: 'When the incident is over:',
      commands: [['resume', quotaKey]],
    })),
};
