/** What to do now, by whom and why. */
import type { CommandText } from '../../command-text.ts';
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { type Html, html } from './html.ts';
import { runningOf, secondsSoFar } from './overdue.ts';
import { counted, duration, hasPlainId, MOST_NAMED, named, number, reasonText } from './words.ts';

export function nextStepsSection(data: ReportData, commandText: CommandText): Html {
  const steps = nextSteps(data, commandText);
  return html`<section aria-labelledby="next"><h2 id="next">What to do now</h2>
${steps.some(({ commands = [] }) => commands.length > 0) && html`<p>Commands are for the team that runs the tracker: pass them on to it.</p>`}
<ol>${steps.map(
    ({ text, commands = [], others = 0 }) =>
      html`<li>${text}${commands.map(commandLine)}${others > 0 && html`The same for the other ${number(others)}, which are in the list of notifications.`}</li>`,
  )}</ol></section>`;
}

export interface Step {
  /** Begins with who does it. */
  readonly text: Html;
  readonly commands?: readonly string[];
  /** How many notifications more would have such a command. */
  readonly others?: number;
}

/** What can be done now, the most unknown first; then waiting, and this page once more. */
export function nextSteps(data: ReportData, commandText: CommandText): Step[] {
  const { totals, notifications, missing, isOver } = data;
  const lost = notifications.filter(hasNoEnd);
  const silent = notifications.filter(isSilent);
  const { overdue, others } = runningOf(data);
  const steps = [
    missing > 0 && askAboutMissing(data),
    overdue.length > 0 && seeAboutOverdue(data, commandText),
    lost.length > 0 && trackAgain(lost, commandText),
    totals.notReached > 0 && data.isMasked && writeAddresses(data, commandText),
    totals.notReached > 0 && reachOthers(data),
    totals.undecided > 0 && {
      text: html`${YOU} ask Kore.ai about ${counted(totals.undecided, 'recipient')}</strong> on which it reported neither success nor failure.`,
    },
    silent.length > 0 && {
      text: html`${YOU} ask Kore.ai about ${named(silent)}</strong>, about which the tracker asks no more. ${withoutResult(silent)}`,
    },
    others.length > 0 && waitFor(others),
    !isOver && makeAgain(data, commandText),
  ].filter((step) => step !== false);
  if (steps.length > 0) return steps;
  return [
    {
      text: html`Nothing: ${totals.reached > 0 ? 'everybody was reached' : 'there is nothing to follow up'}.`,
    },
  ];
}

const YOU = html`<strong>You:`;
const TEAM = html`<strong>The team that runs the tracker:`;

function askAboutMissing({ missing, notifications, expectedNotifications: expected }: ReportData): Step {
  const [were, these, their] =
    missing === 1 ? ['was', 'this one', 'Its'] : ['were', `these ${number(missing)}`, 'Their'];
  return {
    text: html`${YOU} ask those who started the campaign about the ${counted(missing, 'unknown notification')}.</strong> The campaign was announced with
    ${number(expected ?? notifications.length + missing)}, and only ${number(notifications.length)} ${notifications.length === 1 ? 'is' : 'are'} known here: ${were} ${these} sent, and handed to the tracker?
    ${their} recipients are counted nowhere on this page.`,
  };
}

function seeAboutOverdue(data: ReportData, commandText: CommandText): Step {
  const { overdue, yardstick } = runningOf(data);
  const [longest] = overdue;
  const beside =
    yardstick?.seconds !== undefined &&
    html` (${named([yardstick])} ${yardstick.state === 'complete' ? 'completed' : 'timed out'} after ${duration(yardstick.seconds)})`;
  const after = longest && duration(secondsSoFar(longest, data.madeAt) ?? 0);
  return {
    text: html`${TEAM} see whether the tracking of ${named(overdue)} still goes on.</strong>
    ${overdue.length === 1 ? `It has been running for ${after}` : `They have been running, the longest for ${after}`}${beside}${silenceText(overdue, data.madeAt)}. ${withoutResult(overdue)}`,
    ...commandsFor(overdue, 'show', commandText),
  };
}

/** How long Kore.ai has reported nothing, where it has reported anything since the tracking began. */
function silenceText(running: readonly NotificationFacts[], now: number): string {
  const heardAt = Math.max(
    ...running.map(({ heardAt = 0, startedAt = 0 }) => (heardAt < startedAt ? 0 : heardAt)),
  );
  const seconds = Math.floor((now - heardAt) / 1000);
  if (heardAt === 0 || seconds < 60) return '';
  return `, and nothing has been reported for ${duration(seconds)}`;
}

function trackAgain(lost: readonly NotificationFacts[], commandText: CommandText): Step {
  const [one] = lost;
  const why = lost.length === 1 && one && ` (it ${endText(one)})`;
  return {
    text: html`${TEAM} have ${named(lost)} tracked again</strong>${why}, to learn what became of ${lost.length === 1 ? 'it' : 'them'}. That only asks
    Kore.ai again: nobody is contacted twice. ${withoutResult(lost)}`,
    ...commandsFor(lost, 'retrack', commandText),
  };
}

/** Such as `timed out after 1 h`. */
function endText({ state, seconds }: NotificationFacts): string {
  const how = state === 'timed-out' ? 'timed out' : state === 'stopped' ? 'was stopped by hand' : 'failed';
  return seconds === undefined ? how : `${how} after ${duration(seconds)}`;
}

/** This page has no addresses. */
function writeAddresses({ totals, id }: ReportData, commandText: CommandText): Step {
  const whose = totals.notReached === 1 ? 'address of the recipient' : 'addresses of the recipients';
  return {
    text: html`${TEAM} write a file with the full ${whose} not reached</strong>, and give it to those who are to reach
    them: it holds personal data.`,
    commands: [commandText('report', id, '--csv', '--out', 'not-reached.csv', '--show-addresses')],
  };
}

function reachOthers({ totals, reasons, notReached, isMasked, isOver }: ReportData): Step {
  const [top] = reasons;
  return {
    text: html`${YOU} reach the ${counted(totals.notReached, 'recipient')} in another way</strong>, or correct what is known of
    them. ${top !== undefined && html`The most frequent reason is “${reasonText(top.text, { isMasked })}” (${number(top.count)} of ${number(totals.notReached)}). `}${notReached !== undefined && 'They are listed below. '}${!isOver && 'More may come: begin with these.'}`,
  };
}

function waitFor(running: readonly NotificationFacts[]): Step {
  return {
    text: html`${YOU} wait for ${named(running)}</strong>: ${running.length === 1 ? 'it is' : 'they are'} still running. ${withoutResult(running)}`,
  };
}

function makeAgain({ id, kind, isMasked }: ReportData, commandText: CommandText): Step {
  const addresses = isMasked ? [] : ['--show-addresses'];
  return {
    text: html`${TEAM} make this page again</strong> from time to time, until the ${kind} is over. The file report.html is replaced.`,
    commands: [commandText('report', id, '--out', 'report.html', '--force', ...addresses)],
  };
}

/** Why it matters. */
function withoutResult(open: readonly NotificationFacts[]): Html {
  const known = open.reduce((sum, { notHeardOf = 0 }) => sum + notHeardOf, 0);
  const isAtLeast = open.some(({ notHeardOf }) => notHeardOf === undefined);
  if (known === 0) {
    return isAtLeast
      ? html`How many recipients of ${named(open)} are without a result is not known.`
      : html`No recipient of ${named(open)} is without a result.`;
  }
  const recipients = isAtLeast ? `${number(known)} or more recipients` : counted(known, 'recipient');
  return html`${recipients} of ${named(open)} ${known === 1 && !isAtLeast ? 'is' : 'are'} without a result.`;
}

/** One for each of the first. What is no plain id gets none: it may be copied into a shell. */
function commandsFor(
  notifications: readonly NotificationFacts[],
  name: 'show' | 'retrack',
  commandText: CommandText,
): Pick<Step, 'commands' | 'others'> {
  const plain = notifications.filter(hasPlainId);
  const commands = plain.slice(0, MOST_NAMED).map(({ requestId }) => commandText(name, requestId));
  return { commands, others: plain.length - commands.length };
}

/** On a line of its own, parted between words only, so that it can be copied. */
function commandLine(command: string): Html {
  return html`<code class="command">${command.split(' ').map((word) => html`<span>${word}</span> `)}</code>`;
}

/** Its end came without all that was announced, or is not known at all. */
function isSilent({ state, notHeardOf }: NotificationFacts): boolean {
  return (state === 'complete' || state === 'unknown') && notHeardOf !== 0;
}

function hasNoEnd({ state }: NotificationFacts): boolean {
  return state === 'timed-out' || state === 'failed' || state === 'stopped';
}
