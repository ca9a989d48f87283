/** The notifications by state, which was slowest, and who has no result. */
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { bar } from './bars.ts';
import { type Html, html } from './html.ts';
import { tookText } from './notifications-list.ts';
import {
  counted,
  duration,
  named,
  number,
  roundedNote,
  STATE_MEANINGS,
  STATE_NAMES,
  share,
  stateCounts,
  time,
} from './words.ts';

export function notificationsSection(data: ReportData): Html {
  const { notifications, missing } = data;
  const whole = notifications.length + missing;
  const rows = stateCounts(data).map(
    ([state, value]) => html`
<tr><th scope="row">${STATE_NAMES[state]}</th><td class="number">${number(value)}</td><td class="number">${share(value, whole)}</td>
<td class="picture">${bar({ kind: 'plain', value }, whole)}</td><td class="meaning">${STATE_MEANINGS[state]}</td></tr>`,
  );
  const rounded = roundedNote(
    stateCounts(data).map(([, value]) => value),
    whole,
  );
  return html`<section aria-labelledby="notifications">
<h2 id="notifications">Notifications</h2>
<p>A notification is one request to Kore.ai, to up to 1,000 recipients. ${slowestText(notifications)}${openText(data)}${rounded}</p>
<table class="figures"><thead><tr><th scope="col">state</th><th scope="col" class="number">notifications</th>
<th scope="col" class="number">share</th><td class="picture"></td><th scope="col" class="meaning">what it means</th></tr></thead>
<tbody>${rows}</tbody></table>
<h3>Each notification</h3>
${missing > 0 && html`<p>The ${number(missing)} unknown ${missing === 1 ? 'one is' : 'ones are'} not listed: not even ${missing === 1 ? 'its id is' : 'their ids are'} known.</p>`}
<div class="data-table" data-list="notifications" data-name="List of notifications"></div>
</section>`;
}

/** Which of those that completed took longest, and how long others took. */
function slowestText(notifications: readonly NotificationFacts[]): Html {
  const timed = notifications
    .flatMap(({ requestId, state, seconds }) =>
      state !== 'complete' || seconds === undefined ? [] : [{ requestId, seconds }],
    )
    .sort((a, b) => b.seconds - a.seconds);
  const [slowest] = timed;
  if (slowest === undefined) {
    const isOne = notifications.some(({ state }) => state === 'complete');
    return html`${isOne ? 'How long those took that completed is not known.' : 'None has completed.'}`;
  }
  const middle = timed[Math.floor(timed.length / 2)] ?? slowest;
  const others =
    timed.length > 1 && ` Half of these ${number(timed.length)} took ${duration(middle.seconds)} or less.`;
  return html`Slowest of those that completed: <code>${slowest.requestId}</code>, <strong>${duration(slowest.seconds)}</strong>, from the start
of its tracking to the end.${others}`;
}

/** Those that did not complete took no time that could be compared. */
function openText({ notifications, madeAt }: ReportData): Html | false {
  const open = notifications.filter(({ state }) => state !== 'complete' && state !== 'unknown');
  const timeOf = (one: NotificationFacts) => tookText(one, madeAt);
  return open.length > 0 && html` Not completed: ${named(open, timeOf)}.`;
}

export function notHeardOfSection(data: ReportData): Html {
  const { notifications, missing, totals } = data;
  const open = notifications.filter(({ notHeardOf }) => notHeardOf !== 0).sort(mostFirst);
  const isNothing = open.length === 0 && missing === 0;
  const items = open.slice(0, MOST_LISTED).map(
    ({ requestId, state, notHeardOf, startedAt }) => html`
<li><code>${requestId}</code> (${STATE_NAMES[state]}${startedAt !== undefined && html`, started ${time(startedAt)}`}): ${notHeardOf === undefined ? 'nobody said how many recipients it has' : counted(notHeardOf, 'recipient')}</li>`,
  );
  const rest = open.length - MOST_LISTED;
  return html`<section aria-labelledby="not-heard-of">
<h2 id="not-heard-of">Recipients without a result</h2>
${
  isNothing
    ? html`<p>None: each recipient that was announced was reported on.</p>`
    : html`<p>${totals.notHeardOf > 0 ? counted(totals.notHeardOf, 'recipient') : 'An unknown number of recipients'}, of these notifications. This page cannot list them, because Kore.ai has not named them${!data.isOver && ' yet'}.
Kore.ai may have reached them already: <strong>do not contact them before that is known</strong>.</p>
<ul>${items}
${rest > 0 && html`<li>and ${counted(rest, 'more notification')}, in the list of notifications below</li>`}
${missing > 0 && html`<li>${open.length > 0 && 'besides these, '}all recipients of ${counted(missing, 'notification')} that ${missing === 1 ? 'was' : 'were'} announced, and of which nothing else is known</li>`}
</ul>`
}
</section>`;
}

/** How many are in the list of this section. */
const MOST_LISTED = 10;

function mostFirst(a: NotificationFacts, b: NotificationFacts): number {
  return (b.notHeardOf ?? 0) - (a.notHeardOf ?? 0);
}
