/** The columns of rows in CSV. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { botOf } from '../../../contract/delivery-log-row.ts';
import { type ShownRow, shownRow } from '../../display/shown-row.ts';
import type { Cell } from '../../text/csv.ts';
import type { People } from '../../text/people.ts';

type Column = (row: DeliveryLogRow) => Cell;

/** The same for deliveries and for failures, so that one program reads both. */
export function rowColumns(people: People): Readonly<Record<string, Column>> {
  const ofShown = (field: (shown: ShownRow) => Cell) => {
    return (row: DeliveryLogRow) => field(shownRow(row, people));
  };
  return {
    createdOn: ({ createdOn }) => createdOn,
    streamId: ({ failureOf }) => (failureOf === undefined ? undefined : botOf(failureOf)),
    requestId: ({ requestId }) => requestId,
    recipient: ofShown(({ recipient }) => recipient),
    person: ofShown(({ person }) => person),
    status: ({ status }) => status,
    channel: ofShown(({ channel }) => channel),
    reason: ofShown(({ reason }) => reason),
    ...(people.showAddresses && { logId: ({ logId }: DeliveryLogRow) => logId }),
  };
}
