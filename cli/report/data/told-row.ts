/** A recipient who was not reached, as a report tells of one: masked, unless addresses are shown. */
import type { DeliveryLogRow } from '../../../contract/delivery-log-row.ts';
import { shownRow } from '../../display/shown-row.ts';
import { printable } from '../../text/printable.ts';
import { ManyPeople } from './many-people.ts';
import { SharedTexts } from './shared-texts.ts';

export interface ToldRow {
  /** Empty where Kore sent none. */
  readonly recipient: string;
  /** Absent where addresses are shown, or there is none. */
  readonly person: number | undefined;
  /** Empty where Kore sent none, like the reason. */
  readonly channel: string;
  readonly reason: string;
}

/** What is told of all rows of one output. */
export class Telling {
  readonly people: ManyPeople;
  readonly reasons: SharedTexts;
  /** Of those who were reached, too, so that an ordinary one is not rare. */
  readonly channels: SharedTexts;

  constructor(showAddresses: boolean) {
    this.people = new ManyPeople({ showAddresses });
    this.reasons = new SharedTexts(!showAddresses);
    this.channels = new SharedTexts(!showAddresses);
  }

  /** As it is before it is known which texts are rare. */
  rowOf(row: DeliveryLogRow): ToldRow {
    const { showAddresses } = this.people;
    const number = row.recipient === undefined ? 0 : this.people.numberOf(row.recipient);
    const shown = shownRow(row, this.people);
    return {
      recipient: printable(shown.recipient ?? ''),
      person: showAddresses || number === 0 ? undefined : number,
      channel: printable(shown.channel ?? ''),
      reason: printable(shown.reason ?? ''),
    };
  }

  channelOf(row: DeliveryLogRow): string {
    return printable(shownRow(row, UNNUMBERED[this.people.showAddresses ? 'shown' : 'masked']).channel ?? '');
  }

  /** The same row once all are known: rare texts are "other". */
  finalRowOf(row: DeliveryLogRow): ToldRow {
    const told = this.rowOf(row);
    return {
      ...told,
      channel: this.channels.labelOf(told.channel),
      reason: this.reasons.labelOf(told.reason),
    };
  }
}

/** Those who were reached need no number. */
const UNNUMBERED = {
  shown: { showAddresses: true, numberOf: () => 0 },
  masked: { showAddresses: false, numberOf: () => 0 },
};

/** Whatever tells two people apart. A row without an address is taken for a person of its own. */
export function personOf({ recipient, requestId, logId }: DeliveryLogRow): string {
  return recipient ?? `${requestId} ${logId}`;
}
