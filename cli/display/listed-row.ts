/** A row in a list, made once for whatever form the list has. */
import { botOf, type DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import type { Cell } from '../text/csv.ts';
import type { People } from '../text/people.ts';
import { type ShownRow, shownRow } from './shown-row.ts';

export interface ListedRow extends ShownRow {
  /** The bot; known of failures alone. */
  readonly streamId?: string;
}

export function listedRow(row: DeliveryLogRow, people: People): ListedRow {
  const { failureOf } = row;
  return { ...(failureOf !== undefined && { streamId: botOf(failureOf) }), ...shownRow(row, people) };
}

/** In CSV the same for deliveries and for failures, so that one program reads both. */
export function rowColumns({ showAddresses }: People): Readonly<Record<string, (row: ListedRow) => Cell>> {
  return {
    createdOn: ({ createdOn }) => createdOn,
    streamId: ({ streamId }) => streamId,
    requestId: ({ requestId }) => requestId,
    recipient: ({ recipient }) => recipient,
    person: ({ person }) => person,
    status: ({ status }) => status,
    channel: ({ channel }) => channel,
    reason: ({ reason }) => reason,
    ...(showAddresses && { logId: ({ logId }: ListedRow) => logId }),
  };
}
