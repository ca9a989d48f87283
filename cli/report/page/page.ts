/** The report as one page that needs nothing from elsewhere. */
import { createHash } from 'node:crypto';
import { type CommandText, commandText } from '../../command-text.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from '../browser/assets.ts';
import { MOST_LISTED } from '../data/not-reached-list.ts';
import type { ReportData } from '../data/report-data.ts';
import { endsSection } from './ends-section.ts';
import { Html, html, jsonForScript } from './html.ts';
import { nextStepsSection } from './next-steps.ts';
import { notificationsList } from './notifications-list.ts';
import { notHeardOfSection, notificationsSection } from './notifications-section.ts';
import { headline, outcomeSentence } from './outcome.ts';
import { reasonsSection } from './reasons-section.ts';
import { totalsSection } from './totals-section.ts';
import { number, reasonText, time } from './words.ts';

/**
 * The page in parts, as they are written.
 *
 * @param command writes those that the page names.
 */
export function* pageParts(
  data: ReportData,
  command: CommandText = commandText('delivery-tracker'),
): Iterable<string> {
  yield head(data).text;
  yield html`<main>
${opening(data, command)}
${totalsSection(data)}
${reasonsSection(data)}
${notHeardOfSection(data)}
${notificationsSection(data)}
${endsSection(data)}
${notReachedSection(data, command)}
</main>
<footer><p>Made by delivery-tracker from its delivery log.</p></footer>
`.text;
  yield* dataParts(data);
  yield `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`;
}

function head({ id, kind }: ReportData): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Delivery report: ${kind} ${id}</title>
<link rel="icon" href="data:,">
<style>${new Html(PAGE_STYLE)}</style>
</head>
<body>
`;
}

/** Nothing but this page's own style and script, by what they are. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(PAGE_STYLE)}'`,
  `script-src '${hashOf(PAGE_SCRIPT)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function opening(data: ReportData, command: CommandText): Html {
  const { kind, id, isMasked, madeAt, startedAt, endedAt, notReached, totals } = data;
  const isListed = notReached !== undefined && totals.notReached > 0;
  const begin = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  const end = endedAt === undefined ? Number.NaN : Date.parse(endedAt);
  return html`<header>
<p class="kicker">Delivery report of the ${kind} <code>${id}</code></p>
<h1>${headline(data)}</h1>
<p class="lead">${outcomeSentence(data)}</p>
<p class="facts">${!Number.isNaN(begin) && html`Started ${time(begin)}. `}${!Number.isNaN(end) && html`Over since ${time(end)}. `}As of ${time(madeAt)}. Kore.ai delivers the notifications, and the tracker asks it what became of them. Times are in <span data-zone>UTC</span>.
${isMasked ? `Addresses are masked: most of each is left out${isListed ? ', and “person 7” is one person throughout this page' : ''}.` : html`<strong>This page has addresses of people.</strong> Pass it on only to those who may have them.`}</p>
</header>
${nextStepsSection(data, command)}`;
}

function notReachedSection(data: ReportData, command: CommandText): Html {
  const { totals, notReached, id, isMasked } = data;
  const addresses = isMasked ? [] : ['--show-addresses'];
  const csvCommand = html`<code>${command('report', id, '--csv', '--out', 'not-reached.csv', ...addresses)}</code>`;
  return html`<section aria-labelledby="not-reached">
<h2 id="not-reached">Recipients who were not reached</h2>
${
  notReached === undefined
    ? html`<p class="notice">There are ${number(totals.notReached)}, and this page lists ${number(MOST_LISTED)} at most, so it has their
number and their reasons only. The list is in CSV: ${csvCommand}.</p>`
    : totals.notReached === 0
      ? html`<p>None.</p>`
      : html`<p>Their channel is the way by which Kore.ai sent to them, such as <code>ivr</code>, a telephone call.${isMasked && ' Their addresses are masked; “What to do now” says how to get them in full.'}</p>
<div class="data-table" data-list="not-reached" data-name="List of recipients who were not reached"></div>`
}
<noscript><p class="notice">The lists need JavaScript. The same list as CSV: ${csvCommand}.</p></noscript>
</section>`;
}

/** Lists are data for the page's script, which shows them a page at a time. */
function* dataParts(data: ReportData): Iterable<string> {
  const { notReached } = data;
  yield '<script type="application/json" id="notifications-data">';
  yield jsonForScript(notificationsList(data));
  yield '</script>\n<script type="application/json" id="not-reached-data">';
  yield jsonForScript(
    notReached === undefined
      ? null
      : { ...notReached, reasonTexts: notReached.reasonTexts.map((text) => reasonText(text, data)) },
  );
  yield '</script>\n';
}
