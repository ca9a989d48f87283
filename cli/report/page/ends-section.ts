/** When recipients were reported on: columns, and the table behind them. */
import type { ReportData } from '../data/report-data.ts';
import { endsColumns } from './bars.ts';
import { type Html, html } from './html.ts';
import { duration, number, time } from './words.ts';

export function endsSection({ ends, notifications, isOver }: ReportData): Html {
  const { spans, spanMs, withoutTime } = ends;
  const [first, last] = [spans.at(0), spans.at(-1)];
  const rows = spans
    .filter(({ reached, notReached }) => reached + notReached > 0)
    .map(
      ({ at, reached, notReached }) => html`
<tr><th scope="row">${time(at)}</th><td class="number">${number(reached)}</td><td class="number">${number(notReached)}</td></tr>`,
    );
  const left = withoutTime > 0 && ` Left out: ${number(withoutTime)} whose time cannot be read.`;
  const heardAt = notifications.reduce((latest, { heardAt = 0 }) => Math.max(latest, heardAt), 0);
  return html`<section aria-labelledby="ends">
<h2 id="ends">When Kore.ai reported the outcomes</h2>
${
  first === undefined || last === undefined
    ? html`<p>No outcome has been reported yet, as far as is known.${left}</p>`
    : html`<p>Recipients in spans of ${duration(spanMs / 1000)}, from ${time(first.at)} to ${time(last.at + spanMs)}:
<span class="key reached"></span>reached, <span class="key not-reached"></span>not reached.${left}${!isOver && heardAt > 0 && html` Nothing has been reported since ${time(heardAt)}.`}</p>
${endsColumns(ends, 'Recipients by the time of their outcome; the table below has the numbers')}
<details><summary>The numbers as a table</summary>
<table><thead><tr><th scope="col">from</th><th scope="col" class="number">reached</th><th scope="col" class="number">not reached</th></tr></thead>
<tbody>${rows}</tbody></table></details>`
}
</section>`;
}
