/** The lists of the page, from the data in it. */
import { made, WHOLE_NUMBERS } from './report-elements.js';
import { showTable } from './report-table.js';
import { readersTime } from './report-times.js';

/** @param {string} id */
function dataOf(id) {
  return JSON.parse(document.getElementById(`${id}-data`)?.textContent ?? 'null');
}

/** @type {Readonly<Record<string, (place: HTMLElement) => void>>} */
const LISTS = {
  'not-reached'(place) {
    const data = dataOf('not-reached');
    const { recipients, people, channels, reasons, notifications, times } = data;
    const person = (/** @type {number} */ row) => people[row] ?? 0;
    const shown = showTable(
      place,
      [
        {
          title: 'recipient',
          kind: 'name',
          text: (row) => {
            const address = recipients[row] === '' ? 'no address' : recipients[row];
            // Never parted at the end of a line.
            return person(row) === 0 ? address : `${address} (person\u00a0${person(row)})`;
          },
          ...(people.length > 0 && { rank: person }),
        },
        {
          title: 'reason',
          kind: 'foreign',
          text: (row) => data.reasonTexts[reasons[row]],
          choices: 'reason',
        },
        { title: 'channel', kind: 'foreign', text: (row) => data.channelNames[channels[row]] },
        { title: 'notification', kind: 'name', text: (row) => data.requestIds[notifications[row]] },
        {
          title: 'when',
          kind: 'time',
          text: (row) => readersTime(times[row]),
          rank: (row) => times[row] ?? -1,
        },
      ],
      recipients.length,
    );
    reasonsChoose(shown);
  },
  notifications(place) {
    const data = dataOf('notifications');
    const whole = (/** @type {number | null} */ number) =>
      number === null ? '?' : WHOLE_NUMBERS.format(number);
    /** @type {(title: string, name: 'recipients' | 'reached' | 'notReached' | 'notHeardOf') => import('./report-table.js').Column} */
    const numbers = (title, name) => ({
      title,
      kind: 'number',
      text: (row) => whole(data[name][row]),
      rank: (row) => data[name][row] ?? -1,
      total: data.total[name],
    });
    showTable(
      place,
      [
        { title: 'notification', kind: 'name', text: (row) => data.requestIds[row], total: 'all listed' },
        { title: 'state', kind: 'state', choices: 'state', text: (row) => data.states[row] },
        numbers('recipients', 'recipients'),
        numbers('reached', 'reached'),
        numbers('not reached', 'notReached'),
        {
          title: 'not reached, share',
          kind: 'number',
          text: (row) => (data.shares[row] === null ? '?' : data.shareTexts[row]),
          rank: (row) => data.shares[row] ?? -1,
          total: data.total.share,
        },
        numbers('no result', 'notHeardOf'),
        {
          title: 'started',
          kind: 'time',
          text: (row) => (data.startedAt[row] === null ? '' : readersTime(data.startedAt[row], 'date-time')),
          rank: (row) => data.startedAt[row] ?? -1,
        },
        {
          title: 'took',
          kind: 'took',
          text: (row) => data.took[row],
          rank: (row) => data.seconds[row] ?? -1,
        },
      ],
      data.requestIds.length,
    );
  },
};

/**
 * A reason of the table above shows those who have it.
 *
 * @param {ReturnType<typeof showTable>} shown
 */
function reasonsChoose({ has, choose }) {
  for (const reason of document.querySelectorAll('[data-reason]')) {
    const text = reason.textContent ?? '';
    if (!has(text)) continue;
    const button = made(
      'button',
      { type: 'button', className: 'link', title: 'Show those who have it' },
      text,
    );
    button.addEventListener('click', () => choose(text));
    reason.replaceChildren(button);
  }
  for (const hint of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll('[data-reasons-hint]')
  ))
    hint.hidden = false;
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.data-table'))) {
  LISTS[place.dataset.list ?? '']?.(place);
}
