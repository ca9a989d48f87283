/** The lists of the page, from the data in it. */
import { made, WHOLE_NUMBERS } from './report-elements.js';
import { showTable } from './report-table.js';
import { readersTime } from './report-times.js';

/** @param {string} id */
function dataOf(id) {
  return JSON.parse(document.getElementById(`${id}-data`)?.textContent ?? 'null');
}

/** @param {number | null | undefined} seconds */
function durationText(seconds) {
  if (seconds === null || seconds === undefined) return '';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return durationOf(Math.floor(whole / 60), 'min', whole % 60, 's');
  return durationOf(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min');
}

/** @type {(large: number, largeUnit: string, small: number, smallUnit: string) => string} */
function durationOf(large, largeUnit, small, smallUnit) {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
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
            return person(row) === 0 ? address : `${address} (person ${person(row)})`;
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
    /** @type {(title: string, column: (number | null)[]) => import('./report-table.js').Column} */
    const numbers = (title, column) => ({
      title,
      kind: 'number',
      text: (row) => whole(column[row] ?? null),
      rank: (row) => column[row] ?? -1,
    });
    showTable(
      place,
      [
        { title: 'notification', kind: 'name', text: (row) => data.requestIds[row] },
        {
          title: 'state',
          kind: 'state',
          choices: 'state',
          text: (row) =>
            data.states[row] + (data.errorCodes[row] === null ? '' : ` (${data.errorCodes[row]})`),
        },
        numbers('reached', data.reached),
        numbers('not reached', data.notReached),
        numbers('not heard of', data.notHeardOf),
        {
          title: 'started',
          kind: 'time',
          text: (row) => (data.startedAt[row] === null ? '' : readersTime(data.startedAt[row])),
          rank: (row) => data.startedAt[row] ?? -1,
        },
        {
          title: 'took',
          kind: 'number',
          text: (row) => durationText(data.seconds[row]),
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
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.data-table'))) {
  LISTS[place.dataset.list ?? '']?.(place);
}
