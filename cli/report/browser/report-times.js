/** Times of the page in the reader's zone and form, in place of UTC. */

const TIME_FORMS = {
  full: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
  'date-time': new Intl.DateTimeFormat(undefined, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }),
  date: new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' }),
  time: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
};

/**
 * @param {number | null} at milliseconds since 1970
 * @param {keyof typeof TIME_FORMS} [form]
 */
export function readersTime(at, form = 'full') {
  return at === null ? 'no time' : TIME_FORMS[form].format(at);
}

for (const element of document.querySelectorAll('time')) {
  element.textContent = readersTime(Date.parse(element.dateTime));
}
for (const element of document.querySelectorAll('[data-time]')) {
  const { time, form } = /** @type {SVGTextElement} */ (element).dataset;
  element.textContent = readersTime(Number(time), /** @type {keyof typeof TIME_FORMS} */ (form));
}
for (const element of document.querySelectorAll('[data-zone]')) {
  element.textContent = `the time zone of this device, ${TIME_FORMS.full.resolvedOptions().timeZone}`;
}
