/** What became of it, in a headline and a sentence, and what to do now. */
import { requestIdSchema } from '../../../contract/tracking-input.ts';
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { type Html, html } from './html.ts';
import { counted, number, reasonText, share } from './words.ts';

/** Recipients that are known of, and those that were announced. */
export function recipientsIn({ totals }: ReportData): number {
  return totals.reached + totals.notReached + totals.undecided + totals.notHeardOf;
}

export function headline(data: ReportData): string {
  const { notReached, reached, notHeardOf, undecided } = data.totals;
  const all = recipientsIn(data);
  const soFar = data.isOver ? '' : 'So far, ';
  if (reached + notReached + undecided === 0) {
    return data.isOver ? 'Nothing was heard of any recipient' : 'Nothing has been heard of any recipient yet';
  }
  if (notReached === 0 && notHeardOf === 0 && undecided === 0 && data.isOver) {
    return `All ${counted(all, 'recipient')} were reached`.replace(
      'All 1 recipient were',
      'The 1 recipient was',
    );
  }
  const were = notReached === 1 ? 'was' : 'were';
  return `${soFar}${number(notReached)} of ${counted(all, 'recipient')} ${were} not reached`;
}

export function outcomeSentence(data: ReportData): string {
  const { kind, id, isOver, totals } = data;
  const { reached, notReached, undecided, notHeardOf, isAtLeast } = totals;
  const all = recipientsIn(data);
  const parts = [
    `${number(reached)} ${was(reached)} reached (${share(reached, all)})`,
    `${number(notReached)} ${was(notReached)} not (${share(notReached, all)})`,
    ...(undecided > 0 ? [`${number(undecided)} ${was(undecided)} reported on without an outcome`] : []),
  ];
  const heard = isOver ? 'nothing was heard' : 'nothing has been heard yet';
  const others =
    notHeardOf > 0
      ? `; of ${isAtLeast ? 'at least ' : ''}${number(notHeardOf)} more, ${heard}`
      : isAtLeast
        ? '; how many more there are is not known'
        : '';
  const state = `The ${kind} ${id} is ${isOver ? 'over' : 'not over yet'}`;
  return `${state}. Of its recipients, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}${others}.`;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** How many commands or ids are named. */
const MOST_NAMED = 3;

/** One step each, the most urgent first. */
export function nextSteps(data: ReportData): Html[] {
  const { totals, reasons } = data;
  const open = data.notifications.filter(({ state }) => state === 'running').length + data.missing;
  const lost = data.notifications.filter(hasNoEnd);
  const [top] = reasons;
  const steps = [
    !data.isOver &&
      html`<strong>Wait for the rest.</strong> ${counted(open, 'notification')} ${open === 1 ? 'has' : 'have'} not ended.
        Make this page again later: <code>delivery-tracker report ${data.id} --out FILE.html --force</code>.`,
    totals.notReached > 0 &&
      top !== undefined &&
      html`<strong>Reach the ${counted(totals.notReached, 'recipient')} in another way</strong>, or correct what is known of
        them. The most frequent reason is “${reasonText(top.text, data)}” (${number(top.count)} of ${number(totals.notReached)}).
        ${listText(data)}`,
    lost.length > 0 &&
      html`<strong>Track ${lost.length === 1 ? 'one notification' : counted(lost.length, 'notification')} again</strong>, to learn how ${lost.length === 1 ? 'it' : 'they'}
        really ended: ${retrackCommands(lost)}`,
    totals.undecided > 0 &&
      html`<strong>Ask Kore.ai about ${counted(totals.undecided, 'recipient')}</strong> on which it reported neither success nor failure.`,
  ].filter((step) => step !== false);
  return steps.length > 0
    ? steps
    : [html`Nothing: ${totals.reached > 0 ? 'everybody was reached' : 'there is nothing to follow up'}.`];
}

/** A command is copied into a shell, so nothing but an id is in it. */
function retrackCommands(lost: readonly NotificationFacts[]): Html {
  const named = lost.filter(({ requestId }) => requestIdSchema.safeParse(requestId).success);
  const commands = named
    .slice(0, MOST_NAMED)
    .map(({ requestId }) => html`<code>delivery-tracker retrack ${requestId}</code> `);
  const rest = lost.length - commands.length;
  return html`${commands}${rest > 0 && `and so on, for ${counted(rest, 'more notification')} of the list below`}`;
}

function listText({ id, isMasked }: ReportData): Html {
  return html`They are listed below${isMasked && ', masked'}; <code>delivery-tracker report ${id} --csv --out FILE.csv --show-addresses</code>
    writes the list ${isMasked ? 'with addresses' : 'for a spreadsheet'}.`;
}

function hasNoEnd({ state }: NotificationFacts): boolean {
  return state === 'timed-out' || state === 'failed' || state === 'stopped';
}
