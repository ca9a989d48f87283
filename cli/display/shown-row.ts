/** One delivery as it is shown: what became of it and why, with the address masked unless it was asked for. */
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import { maskAddress, maskText } from '../text/masking.ts';
import { printable } from '../text/printable.ts';

export interface ShownDelivery {
  readonly requestId: string;
  /** Absent where Kore sent none. */
  readonly recipient?: string;
  readonly status: string;
  readonly channel?: string;
  /** Kore's comment. */
  readonly reason?: string;
  readonly createdOn: string;
  /** Only with addresses. */
  readonly logId?: string;
  /** Kore's entry whole; only with addresses. */
  readonly log?: unknown;
}

export function shownDelivery(row: DeliveryLogRow, showAddresses: boolean): ShownDelivery {
  const { requestId, recipient, status, createdOn, logId, log } = row;
  const { channel, comments, originalId, channelId } = fieldsOf(log);
  const known = [recipient, originalId, channelId].filter((address) => typeof address === 'string');
  const shown = (text: unknown) =>
    typeof text === 'string' && text !== '' ? (showAddresses ? text : maskText(text, known)) : undefined;
  const reason = shown(comments);
  const ofChannel = shown(channel);
  return {
    requestId,
    ...(recipient !== undefined && { recipient: showAddresses ? recipient : maskAddress(recipient) }),
    status,
    ...(ofChannel !== undefined && { channel: ofChannel }),
    ...(reason !== undefined && { reason }),
    createdOn,
    ...(showAddresses && { logId, log }),
  };
}

/** For a table's cells. */
export function recipientCell({ recipient }: ShownDelivery): string {
  return recipient === undefined ? 'unknown' : printable(recipient);
}

export function reasonCell({ reason }: ShownDelivery): string {
  return reason === undefined ? 'no reason given' : printable(reason);
}

/** The log is Kore's entry, or its text where DynamoDB could not hold it. */
function fieldsOf(log: unknown): Record<string, unknown> {
  if (typeof log === 'object' && log !== null) return log as Record<string, unknown>;
  if (typeof log !== 'string') return {};
  try {
    return fieldsOf(JSON.parse(log));
  } catch {
    return {};
  }
}
