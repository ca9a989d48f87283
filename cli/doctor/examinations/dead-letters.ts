/** Whether events wait in the dead-letter queue. */
import type { Examination } from '../examination.ts';

/** Of their number, which SQS counts roughly. */
export const DEAD_LETTERS: Examination<number> = {
  name: 'dead letters',
  well: 'there are none',
  findingsIn(messages) {
    if (messages === 0) return [];
    return [
      {
        code: 'DEAD_LETTERS',
        severity: 'error',
        what: `${messages === 1 ? '1 event is' : `${messages} events are`} in the dead-letter queue, where SQS keeps them for 14 days: no target accepted them for a day, or it may not be reached at all.`,
        advice: 'See what they are, mend the target, then forward them:',
        commands: [
          ['dead-letters', 'list'],
          ['dead-letters', 'forward'],
        ],
      },
    ];
  },
};
