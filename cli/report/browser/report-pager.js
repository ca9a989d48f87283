/** Which part of a list is shown, and buttons to the others: above the list, and below it. */
import { made } from './report-elements.js';

/**
 * @param {HTMLElement} place the list, to whose start a button below it goes
 * @param {(page: number) => void} go
 */
export function pagers(place, go) {
  const above = pager();
  const below = pager();
  above.range.setAttribute('role', 'status');
  let [page, last] = [0, 0];
  const targets = [() => 0, () => page - 1, () => page + 1, () => last];
  targets.forEach((target, index) => {
    for (const { moves } of [above, below]) {
      moves[index]?.addEventListener('click', () => {
        go(target());
        if (moves === below.moves) place.scrollIntoView();
        // The list is read from its start; and a button that went out of use would lose the focus to the top of the page.
        const next = above.moves[index]?.disabled
          ? above.moves.find(({ disabled }) => !disabled)
          : above.moves[index];
        next?.focus({ preventScroll: true });
      });
    }
  });
  return {
    above: above.place,
    below: below.place,
    /** @type {(range: string, shown: number, pages: number) => void} */
    show(range, shown, pages) {
      [page, last] = [shown, pages - 1];
      below.place.hidden = pages === 1;
      for (const { range: text, buttons, moves } of [above, below]) {
        text.textContent = range;
        buttons.hidden = pages === 1;
        moves.forEach((move, index) => {
          move.disabled = index < 2 ? page === 0 : page === last;
        });
      }
    },
  };
}

function pager() {
  const range = made('p');
  const moves = ['First', 'Previous', 'Next', 'Last'].map((name) => made('button', { type: 'button' }, name));
  const buttons = made('div', { className: 'moves' }, ...moves);
  return { range, moves, buttons, place: made('div', { className: 'pager' }, range, buttons) };
}
