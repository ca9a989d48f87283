/** The notifications by state, which was slowest, and what has not been heard of. */
import { duration } from '../../text/timestamp.ts';
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { bar } from './bars.ts';
import { type Html, html } from './html.ts';
import { counted, number, STATE_MEANINGS, STATE_NAMES, time } from './words.ts';

type ShownState = keyof typeof STATE_NAMES;

export function notificationsSection(data: ReportData): Html {
  const { notifications, missing } = data;
  const counts = new Map<ShownState, number>(missing > 0 ? [['missing', missing]] : []);
  for (const { state } of notifications) counts.set(state, (counts.get(state) ?? 0) + 1);
  const states = (Object.keys(STATE_NAMES) as ShownState[]).filter((state) => counts.has(state));
  const rows = states.map((state) => {
    const value = counts.get(state) ?? 0;
    return html`
<tr><th scope="row">${STATE_NAMES[state]}</th><td class="number">${number(value)}</td>
<td class="picture">${bar({ kind: 'plain', value }, notifications.length + missing)}</td>
<td>${STATE_MEANINGS[state]}</td></tr>`;
  });
  return html`<section aria-labelledby="notifications">
<h2 id="notifications">Notifications</h2>
<p>A notification is one request to Kore.ai, to up to 1,000 recipients. ${slowestText(notifications)}</p>
<table><thead><tr><th scope="col">state</th><th scope="col" class="number">notifications</th><td></td>
<th scope="col">what it means</th></tr></thead>
<tbody>${rows}</tbody></table>
<h3>Each notification</h3>
<div class="data-table" data-list="notifications" data-name="List of notifications"></div>
</section>`;
}

/** Which notification took longest, and how long others took. */
function slowestText(notifications: readonly NotificationFacts[]): Html {
  const timed = notifications
    .flatMap(({ requestId, seconds }) => (seconds === undefined ? [] : [{ requestId, seconds }]))
    .sort((a, b) => b.seconds - a.seconds);
  const [slowest] = timed;
  if (slowest === undefined) return html`None has ended yet.`;
  const middle = timed[Math.floor(timed.length / 2)] ?? slowest;
  const others =
    timed.length > 1 &&
    ` Half of the ${number(timed.length)} that ended took ${duration(middle.seconds)} or less.`;
  return html`The slowest was <code>${slowest.requestId}</code>, which took <strong>${duration(slowest.seconds)}</strong> from its start
until the tracker learnt its end.${others}`;
}

export function notHeardOfSection(data: ReportData): Html {
  const { notifications, missing, totals } = data;
  const open = notifications.filter(({ notHeardOf }) => notHeardOf !== 0).sort(mostFirst);
  const isNothing = open.length === 0 && missing === 0;
  const items = open.slice(0, MOST_NAMED).map(
    ({ requestId, state, notHeardOf, startedAt }) => html`
<li><code>${requestId}</code> (${STATE_NAMES[state]}${startedAt !== undefined && html`, since ${time(startedAt)}`}): ${notHeardOf === undefined ? 'nobody said how many recipients it has' : counted(notHeardOf, 'recipient')}</li>`,
  );
  const rest = open.length - MOST_NAMED;
  return html`<section aria-labelledby="not-heard-of">
<h2 id="not-heard-of">What has not been heard of${!data.isOver && ' yet'}</h2>
${
  isNothing
    ? html`<p>Nothing: each recipient that was announced was reported on.</p>`
    : html`<p>${totals.isAtLeast && 'At least '}${counted(totals.notHeardOf, 'recipient')}, of these notifications:</p>
<ul>${items}
${rest > 0 && html`<li>and ${counted(rest, 'more notification')}, in the list of notifications below</li>`}
${missing > 0 && html`<li>${counted(missing, 'notification')} that ${missing === 1 ? 'was' : 'were'} announced, and of which neither id nor recipients are known here</li>`}
</ul>`
}
</section>`;
}

const MOST_NAMED = 10;

function mostFirst(a: NotificationFacts, b: NotificationFacts): number {
  return (b.notHeardOf ?? 0) - (a.notHeardOf ?? 0);
}
