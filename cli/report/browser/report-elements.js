/** Elements of the lists, and how numbers are written in them. */

export const WHOLE_NUMBERS = new Intl.NumberFormat('en');

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Readonly<Record<string, unknown>>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function made(name, properties = {}, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

/**
 * @param {Pick<import('./report-table.js').Column, 'choices' | 'text'>} column
 * @param {readonly number[]} all
 */
export function selectOf({ choices = '', text }, all) {
  const texts = [...new Set(all.map(text))].sort();
  const options = texts.map((one) => made('option', { value: one }, one === '' ? 'none' : one));
  const select = made('select', {}, made('option', { value: '' }, 'all'), ...options);
  return { select, choices, text };
}
