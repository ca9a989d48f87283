/** Whether the calls that Kore.ai allows are used up. */
import type { Examination } from '../examination.ts';
import type { LastHour } from '../last-hour.ts';

/** Percent of an hour's calls. */
const FULL = 99;

export const CALL_BUDGET: Examination<LastHour> = {
  name: 'call budget',
  well: 'no bot used up the calls of the last hour',
  findingsIn({ budgetUsed }) {
    if (budgetUsed === undefined || budgetUsed < FULL) return [];
    return [
      {
        code: 'CALL_BUDGET_FULL',
        severity: 'warning',
        what: `In the last hour ${Math.round(budgetUsed)} % of the calls of an hour were booked for one bot at least, so its checks come late. Nothing is lost.`,
        advice:
          'Nothing, if it ends with the campaign. If it lasts, start fewer trackings at a time, or choose a thriftier pace. This shows which bots wait:',
        commands: [['list', '--running']],
      },
    ];
  },
};
