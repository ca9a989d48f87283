/** A row as it is shown: the recipient's status and the reason, with the address masked unless addresses are shown. */
import type { DeliveryLogRow } from '../../contract/delivery-log-row.ts';
import { maskAddress, maskText } from '../text/mask-address.ts';
import type { People } from '../text/people.ts';
import { printable } from '../text/printable.ts';

export interface ShownRow {
  readonly requestId: string;
  /** Absent where Kore sent none. */
  readonly recipient?: string;
  /** Tells people apart within one output; only with masked addresses. */
  readonly person?: number;
  readonly status: string;
  readonly channel?: string;
  /** Kore's comment. */
  readonly reason?: string;
  readonly createdOn: string;
  /** Only with addresses. */
  readonly logId?: string;
  /** Kore's log whole; only with addresses. */
  readonly log?: unknown;
}

export function shownRow(row: DeliveryLogRow, people: People): ShownRow {
  const { showAddresses } = people;
  const { requestId, recipient, status, createdOn, logId, log } = row;
  const { channel, comments, originalId, channelId } = fieldsOf(log);
  const known = [recipient, originalId, channelId].filter((address) => typeof address === 'string');
  const shown = (text: unknown) =>
    typeof text === 'string' && text !== '' ? (showAddresses ? text : maskText(text, known)) : undefined;
  const reason = shown(comments);
  const ofChannel = shown(channel);
  return {
    requestId,
    ...(recipient !== undefined && shownRecipient(recipient, people)),
    status,
    ...(ofChannel !== undefined && { channel: ofChannel }),
    ...(reason !== undefined && { reason }),
    createdOn,
    ...(showAddresses && { logId, log }),
  };
}

function shownRecipient(recipient: string, people: People): Pick<ShownRow, 'recipient' | 'person'> {
  return people.showAddresses
    ? { recipient }
    : { recipient: maskAddress(recipient), person: people.numberOf(recipient) };
}

/** For a table's cells, such as `j…e@example.com #2`. */
export function recipientCell({ recipient, person }: ShownRow): string {
  if (recipient === undefined) return 'unknown';
  return person === undefined ? printable(recipient) : `${printable(recipient)} #${person}`;
}

export function reasonCell({ reason }: ShownRow): string {
  return reason === undefined ? 'no reason given' : printable(reason);
}

/** The log is an object, or its text where DynamoDB could not hold it. */
function fieldsOf(log: unknown): Record<string, unknown> {
  if (typeof log === 'object' && log !== null) return log as Record<string, unknown>;
  if (typeof log !== 'string') return {};
  try {
    return fieldsOf(JSON.parse(log));
  } catch {
    return {};
  }
}
