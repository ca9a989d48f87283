/** How many were reached: a bar, and the table that says the same. */
import type { ReportData } from '../data/report-data.ts';
import { stackedBar } from './bars.ts';
import { type Html, html } from './html.ts';
import { plusText, recipientsIn } from './outcome.ts';
import { number, roundedNote, share } from './words.ts';

const OUTCOMES = [
  {
    kind: 'reached',
    field: 'reached',
    name: 'reached',
    meaning: 'Kore.ai reported success; whether a person read or heard it, Kore.ai does not say.',
  },
  {
    kind: 'not-reached',
    field: 'notReached',
    name: 'not reached',
    meaning: 'Kore.ai reported a failure. The reasons are below.',
  },
  {
    kind: 'undecided',
    field: 'undecided',
    name: 'neither',
    meaning: 'Kore.ai reported something that is neither success nor failure.',
  },
  {
    kind: 'not-heard-of',
    field: 'notHeardOf',
    name: 'no result',
    meaning: 'They were announced, and Kore.ai has reported nothing on them.',
  },
] as const;

export function totalsSection(data: ReportData): Html {
  const { totals } = data;
  const all = recipientsIn(data);
  const shown = OUTCOMES.filter(({ field }) => field !== 'undecided' || totals.undecided > 0);
  const parts = shown.map(({ kind, field }) => ({ kind, value: totals[field] }));
  const label = shown.map(({ field, name }) => `${number(totals[field])} ${name}`).join(', ');
  const rows = shown.map(
    ({ kind, field, name, meaning }) => html`
<tr><th scope="row"><span class="key ${kind}"></span>${name}</th>
<td class="number">${number(totals[field])}</td>
<td class="number">${share(totals[field], all)}</td><td class="meaning">${meaning}</td></tr>`,
  );
  const rounded = roundedNote(
    shown.map(({ field }) => totals[field]),
    all,
  );
  const note =
    `${plusText(data)}${totals.isAtLeast ? ` Shares are of the ${number(all)}.` : ''}${rounded}`.trim();
  return html`<section aria-labelledby="recipients">
<h2 id="recipients">Recipients</h2>
${all > 0 && stackedBar(parts, `Recipients: ${label}`)}
<table class="figures"><thead><tr><th scope="col">outcome</th><th scope="col" class="number">recipients</th>
<th scope="col" class="number">share</th><th scope="col" class="meaning">what it means</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">${totals.isAtLeast ? 'all known so far' : 'all'}</th><td class="number">${number(all)}</td><td class="number">${share(all, all)}</td>
<td class="meaning">A recipient is one address on one channel (the way to it, such as a telephone call): a person on two channels counts as two recipients.</td></tr></tfoot></table>
${note !== '' && html`<p>${note}</p>`}
</section>`;
}
