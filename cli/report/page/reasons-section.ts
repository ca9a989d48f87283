/** Why recipients were not reached, most frequent first. */
import type { ReportData } from '../data/report-data.ts';
import { bar } from './bars.ts';
import { type Html, html } from './html.ts';
import { counted, number, reasonText, roundedNote, share } from './words.ts';

/** The rest is one line. */
const MOST_REASONS = 20;

export function reasonsSection(data: ReportData): Html {
  const { reasons, totals, notReached, peopleNotReached } = data;
  const rest = reasons.slice(MOST_REASONS);
  const line = (text: Html | string, count: number) => html`
<tr><th scope="row" class="foreign">${text}</th><td class="number">${number(count)}</td>
<td class="number">${share(count, totals.notReached)}</td>
<td class="picture">${bar({ kind: 'not-reached', value: count }, totals.notReached)}</td></tr>`;
  const lines = reasons
    .slice(0, MOST_REASONS)
    .map(({ text, count }) => line(html`<span data-reason>${reasonText(text, data)}</span>`, count));
  const restCount = rest.reduce((sum, { count }) => sum + count, 0);
  const rounded = roundedNote(
    [...reasons.slice(0, MOST_REASONS).map(({ count }) => count), restCount],
    totals.notReached,
  );
  const isToldApart = peopleNotReached > 0 && peopleNotReached < totals.notReached;
  const addresses =
    peopleNotReached === 1 ? 'one address' : `${number(peopleNotReached)} different addresses`;
  return html`<section aria-labelledby="reasons">
<h2 id="reasons">Why recipients were not reached</h2>
${
  reasons.length === 0
    ? html`<p>No failure was reported.</p>`
    : html`<p>${counted(totals.notReached, 'recipient')}${isToldApart && `, with ${addresses}`}. The words are Kore.ai’s.${notReached !== undefined && html`<span data-reasons-hint hidden> Select a reason to list those who have it.</span>`}${rounded}</p>
<table class="figures"><thead><tr><th scope="col">reason</th><th scope="col" class="number">recipients</th>
<th scope="col" class="number">share</th><td class="picture"></td></tr></thead>
<tbody>${lines}${rest.length > 0 && line(`${counted(rest.length, 'less frequent reason')}; the list of recipients has them`, restCount)}</tbody></table>`
}
</section>`;
}
