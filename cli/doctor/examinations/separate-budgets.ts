/** Whether another tracker counts the calls of the same bot in a table of its own, so that together they exceed Kore.ai's limits. */
import type { Examination } from '../examination.ts';

export interface BudgetsRead {
  readonly own: Budgets;
  /** Of the other trackers in this account and region that have another table. */
  readonly others: readonly (Budgets & { readonly tracker: string })[];
}

interface Budgets {
  /** Of Kore.ai's API; absent before 0.2.0. */
  readonly host: string | undefined;
  /** What the table has counted calls for of late. */
  readonly quotaKeys: readonly string[];
}

export const SEPARATE_BUDGETS: Examination<BudgetsRead> = {
  name: 'shared bots',
  well: 'no other tracker here counts calls of the same bot',
  findingsIn: ({ own, others }) =>
    others.flatMap(({ tracker, host, quotaKeys }) => {
      // Stream ids of two installations of Kore.ai have nothing to do with each other.
      const isElsewhere = host !== undefined && own.host !== undefined && host !== own.host;
      const shared = isElsewhere ? [] : quotaKeys.filter((key) => own.quotaKeys.includes(key));
      if (shared.length === 0) return [];
      return [
        {
          code: 'CALL_BUDGETS_SEPARATE',
          severity: 'warning',
          what: `The tracker ${tracker} calls Kore.ai for ${listed(shared)} too, and counts these calls in another table: each of the two believes that it has Kore.ai's limit for itself.`,
          advice: 'Give both trackers the same callBudgetTable, and deploy them again.',
        },
      ];
    }),
};

const MOST_LISTED = 3;

function listed(keys: readonly string[]): string {
  const rest = keys.length - MOST_LISTED;
  return keys.slice(0, MOST_LISTED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
