/** Whether DynamoDB throttles writes of a table or an index. An index that is too slow makes the table refuse rows. */
import { CAMPAIGN_INDEX, FAILURE_INDEX, RECIPIENT_INDEX } from '../../../contract/table-names.ts';
import type { Examination } from '../examination.ts';
import type { LastHour } from '../last-hour.ts';

export const THROTTLED_WRITES: Examination<LastHour> = {
  name: 'tables',
  well: 'no write of a table or an index was throttled in the last hour',
  findingsIn: ({ tables }) =>
    tables
      .filter(({ throttles }) => throttles > 0)
      .map(({ table, index, throttles }) => ({
        code: 'TABLE_THROTTLED',
        severity: 'warning',
        what: `DynamoDB throttled writes to ${index === undefined ? '' : `the index ${index} of `}${table} in the last hour, ${throttles} in all. Checks wait and go on; nothing is lost.`,
        advice:
          ADVICE[index ?? ''] ??
          'Nothing, if it ends with the campaign; if it lasts, raise warmWriteThroughput.',
        ...(index === FAILURE_INDEX && { commands: [['failures', '--since', '1h']] }),
      })),
};

const ADVICE: Readonly<Record<string, string>> = {
  [FAILURE_INDEX]:
    'Very many deliveries of a bot fail at once: find out why. If such days are normal, raise warmWriteThroughput.',
  [RECIPIENT_INDEX]:
    'Raise warmWriteThroughput if there are many rows; if there are few, a workload sends to one address again and again.',
  [CAMPAIGN_INDEX]:
    'Nothing, if it ends with the campaign; if it lasts, start its trackings more slowly (--rate 20) or raise warmWriteThroughput.',
};
