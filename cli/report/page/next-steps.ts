/** What to do now, by whom and why. */
import { requestIdSchema } from '../../../contract/tracking-input.ts';
import type { CommandText } from '../../command-text.ts';
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { type Html, html } from './html.ts';
import { counted, number, reasonText } from './words.ts';

/** How many commands or ids are named. */
const MOST_NAMED = 3;

export function nextStepsSection(data: ReportData, commandText: CommandText): Html {
  const steps = nextSteps(data, commandText).map(({ text, hasCommand }) => ({
    item: html`<li>${text}</li>`,
    hasCommand,
  }));
  return html`<section aria-labelledby="next"><h2 id="next">What to do now</h2>
${steps.some(({ hasCommand }) => hasCommand) && html`<p>Commands are for the team that runs the tracker: ask that team, and pass the command on.</p>`}
<ol>${steps.map(({ item }) => item)}</ol></section>`;
}

export interface Step {
  readonly text: Html;
  readonly hasCommand: boolean;
}

/** One step each, the most urgent first. */
export function nextSteps(data: ReportData, commandText: CommandText): Step[] {
  const { totals, notifications, missing, isOver } = data;
  const lost = notifications.filter(hasNoEnd);
  const steps = [
    !isOver && command(waitText(data, commandText)),
    totals.notReached > 0 && command(reachText(data, commandText)),
    lost.length > 0 &&
      command(html`<strong>Have ${lost.length === 1 ? 'one notification' : counted(lost.length, 'notification')} tracked again</strong>, to learn what
        became of ${lost.length === 1 ? 'it' : 'them'}: ${hangingText(lost)}. The team runs: ${retrackCommands(lost, commandText)}`),
    missing > 0 && talk(missingText(data)),
    totals.undecided > 0 &&
      talk(
        html`<strong>Ask Kore.ai about ${counted(totals.undecided, 'recipient')}</strong> on which it reported neither success nor failure.`,
      ),
  ].filter((step) => step !== false);
  return steps.length > 0
    ? steps
    : [
        talk(
          html`Nothing: ${totals.reached > 0 ? 'everybody was reached' : 'there is nothing to follow up'}.`,
        ),
      ];
}

function command(text: Html): Step {
  return { text, hasCommand: true };
}

function talk(text: Html): Step {
  return { text, hasCommand: false };
}

function waitText({ notifications, id, kind }: ReportData, commandText: CommandText): Html {
  const running = notifications.filter(({ state }) => state === 'running');
  const what =
    running.length === 0
      ? `The ${kind} is not over yet.`
      : `${counted(running.length, 'notification')} ${running.length === 1 ? 'is' : 'are'} still running; ${hangingText(running)}.`;
  return html`<strong>Wait for the rest.</strong> ${what} Then have this page made again.
    The team runs: <code>${commandText('report', id, '--out', 'report.html', '--force')}</code> (it replaces the file report.html).`;
}

function reachText(data: ReportData, commandText: CommandText): Html {
  const { totals, reasons, id, isMasked } = data;
  const [top] = reasons;
  return html`<strong>Reach the ${counted(totals.notReached, 'recipient')} in another way</strong>, or correct what is known of
    them. ${top !== undefined && html`The most frequent reason is “${reasonText(top.text, data)}” (${number(top.count)} of ${number(totals.notReached)}).`}
    They are listed below${isMasked && ', without their full addresses'}. For ${isMasked ? 'these' : 'a file for a spreadsheet'}, the team runs:
    <code>${commandText('report', id, '--csv', '--out', 'not-reached.csv', '--show-addresses')}</code> (it writes the file not-reached.csv).`;
}

function missingText({ missing, notifications, expectedNotifications: expected }: ReportData): Html {
  const [were, they, their] = missing === 1 ? ['was', 'it', 'Its'] : ['were', 'they', 'Their'];
  return html`<strong>Ask those who send the campaign about the ${counted(missing, 'unknown notification')}.</strong> It was announced with
    ${number(expected ?? notifications.length + missing)}, and only ${number(notifications.length)} ${notifications.length === 1 ? 'is' : 'are'} known here: ${were} ${they} sent, and handed to the tracker?
    ${their} recipients are in no number of this page.`;
}

/** Why it matters: those of whom nobody knows whether they were reached. */
function hangingText(open: readonly NotificationFacts[]): string {
  const known = open.reduce((sum, { notHeardOf = 0 }) => sum + notHeardOf, 0);
  const isAtLeast = open.some(({ notHeardOf }) => notHeardOf === undefined);
  const on = open.length === 1 ? 'it' : 'them';
  if (known === 0)
    return isAtLeast ? `how many recipients hang on ${on} is not known` : `no recipient hangs on ${on}`;
  return `${isAtLeast ? 'at least ' : ''}${counted(known, 'recipient')} ${known === 1 ? 'hangs' : 'hang'} on ${on}, of whom nothing has been heard`;
}

/** A command is copied into a shell, so it names nothing that is not an id. */
function retrackCommands(lost: readonly NotificationFacts[], commandText: CommandText): Html {
  const named = lost.filter(({ requestId }) => requestIdSchema.safeParse(requestId).success);
  const commands = named
    .slice(0, MOST_NAMED)
    .map(({ requestId }) => html`<code>${commandText('retrack', requestId)}</code> `);
  const rest = lost.length - commands.length;
  return html`${commands}${rest > 0 && `and so on, for ${counted(rest, 'more notification')} of the list below`}`;
}

function hasNoEnd({ state }: NotificationFacts): boolean {
  return state === 'timed-out' || state === 'failed' || state === 'stopped';
}
