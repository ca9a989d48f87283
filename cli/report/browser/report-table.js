/** A list that sorts, filters and shows a page at a time. Whatever it shows is a text, never HTML. */
import { made, selectOf, WHOLE_NUMBERS } from './report-elements.js';
import { pagers } from './report-pager.js';

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: number) => string} text as it is shown
 * @property {(row: number) => number | string} [rank] by which it sorts, where that is not the text
 * @property {'number' | 'time' | 'name' | 'foreign' | 'state' | 'took'} [kind]
 * @property {string} [total] of all rows, shown or not
 * @property {string} [choices] what can be chosen of it, such as "reason"
 */

const ROWS_ON_PAGE = 50;
/** Paper has no second page of a list. */
const ROWS_ON_PAPER = 1000;

/**
 * @param {HTMLElement} place
 * @param {readonly Column[]} columns
 * @param {number} count
 * @returns {{ has(text: string): boolean, choose(text: string): void }} the first of its choices
 */
export function showTable(place, columns, count) {
  const all = Array.from({ length: count }, (_, row) => row);
  const state = { sorted: -1, isDescending: false, page: 0, size: ROWS_ON_PAGE };
  let shown = all;

  const search = made('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  const selects = columns
    .filter(({ choices }) => choices !== undefined)
    .map((column) => selectOf(column, all));
  const onPaper = made('p', { className: 'on-paper' });
  const pager = pagers(place, (page) => {
    state.page = page;
    draw();
  });
  const heads = columns.map(({ title, kind = '' }) => {
    const head = made('th', { scope: 'col', className: kind === 'number' || kind === 'took' ? kind : '' });
    head.append(made('button', { type: 'button' }, title));
    return head;
  });
  const body = made('tbody');

  /** Texts to search in, made when somebody searches. @type {string[] | undefined} */
  let haystacks;
  function haystackOf(/** @type {number} */ row) {
    haystacks ??= all.map((one) =>
      columns
        .map(({ text }) => text(one))
        .join('\n')
        .replaceAll('\u00a0', ' ')
        .toLowerCase(),
    );
    return haystacks[row] ?? '';
  }

  /** @type {number[]} */
  let order = all;
  function sort() {
    const column = columns[state.sorted];
    if (column === undefined) return;
    const rank = column.rank ?? column.text;
    const ranks = all.map(rank);
    const sign = state.isDescending ? -1 : 1;
    order = [...all].sort((a, b) => sign * compared(ranks[a] ?? '', ranks[b] ?? '') || a - b);
    heads.forEach((head, index) => {
      if (index !== state.sorted) head.removeAttribute('aria-sort');
      else head.setAttribute('aria-sort', state.isDescending ? 'descending' : 'ascending');
    });
  }

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = selects.filter(({ select }) => select.value !== '');
    shown = order.filter(
      (row) =>
        chosen.every(({ select, text }) => text(row) === select.value) &&
        (words.length === 0 || words.every((word) => haystackOf(row).includes(word))),
    );
    state.page = 0;
    const said = [
      ...(words.length > 0 ? [`with “${search.value.trim()}”`] : []),
      ...chosen.map(({ select, choices }) => `of the ${choices} “${select.value}”`),
    ];
    onPaper.textContent = said.length > 0 ? `Filtered: only those ${said.join(' and ')}.` : '';
    draw();
  }

  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / state.size));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const from = state.page * state.size;
    const rows = shown.slice(from, from + state.size);
    body.replaceChildren(...rows.map((row) => rowOf(columns, ({ text }) => text(row))));
    const whole = shown.length === count ? '' : `, of ${WHOLE_NUMBERS.format(count)} in all`;
    const range =
      shown.length === 0
        ? `Nothing matches${whole}`
        : `${WHOLE_NUMBERS.format(from + 1)} to ${WHOLE_NUMBERS.format(from + rows.length)} of ${WHOLE_NUMBERS.format(shown.length)}${whole}`;
    pager.show(range, state.page, pages);
  }

  heads.forEach((head, index) => {
    head.addEventListener('click', () => {
      state.isDescending = state.sorted === index && !state.isDescending;
      state.sorted = index;
      sort();
      filter();
    });
  });
  search.addEventListener('input', filter);
  for (const { select } of selects) select.addEventListener('change', filter);
  let pageOnScreen = 0;
  // A change of `matchMedia('print')` comes when the page has been laid out for paper already.
  addEventListener('beforeprint', () => {
    pageOnScreen = state.page;
    Object.assign(state, { page: 0, size: ROWS_ON_PAPER });
    draw();
  });
  addEventListener('afterprint', () => {
    Object.assign(state, { page: pageOnScreen, size: ROWS_ON_PAGE });
    draw();
  });

  const labels = selects.map(({ select, choices }) => made('label', {}, choices, select));
  const table = made('table', {}, made('thead', {}, made('tr', {}, ...heads)), body);
  if (columns.some(({ total }) => total !== undefined)) {
    table.append(
      made(
        'tfoot',
        {},
        rowOf(columns, ({ total = '' }) => total),
      ),
    );
  }
  const scroll = made('div', { className: 'scroll', tabIndex: 0 }, table);
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', place.dataset.name ?? '');
  place.replaceChildren(
    made('div', { className: 'controls' }, made('label', {}, 'filter', search), ...labels),
    onPaper,
    pager.above,
    scroll,
    pager.below,
  );
  filter();
  return {
    has: (text) => [...choiceOf().options].some(({ value }) => value !== '' && value === text),
    choose(text) {
      search.value = '';
      choiceOf().value = text;
      filter();
      place.scrollIntoView();
      choiceOf().focus({ preventScroll: true });
    },
  };
  function choiceOf() {
    return selects[0]?.select ?? made('select');
  }
}

/**
 * @param {readonly Column[]} columns
 * @param {(column: Column) => string} text
 */
function rowOf(columns, text) {
  const cells = columns.map((column) => {
    const cell = made('td', { className: column.kind ?? '' }, text(column));
    cell.dataset.title = column.title;
    return cell;
  });
  return made('tr', {}, ...cells);
}

/**
 * @param {number | string} a
 * @param {number | string} b
 */
function compared(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
