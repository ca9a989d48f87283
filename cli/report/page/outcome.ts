/** What became of it, in a headline and a few sentences. */
import type { ReportData } from '../data/report-data.ts';
import { counted, number, STATE_NAMES, share, stateCounts } from './words.ts';

/** Recipients that are known of, and those that were announced. */
export function recipientsIn({ totals }: ReportData): number {
  return totals.reached + totals.notReached + totals.undecided + totals.notHeardOf;
}

/** The recipients who are in no number; empty where all are. */
export function plusText({ notifications, missing }: ReportData): string {
  const unsized = notifications.filter(({ notHeardOf }) => notHeardOf === undefined).length;
  const parts = [
    ...(missing > 0 ? [`the recipients of ${counted(missing, 'unknown notification')}`] : []),
    ...(unsized > 0 ? [`any further recipients of ${counted(unsized, 'notification')}`] : []),
  ];
  return parts.length === 0 ? '' : `Plus ${parts.join(' and ')}; how many these are is not known.`;
}

/** First whether it is over, and then all outcomes, unless each recipient has one. */
export function headline(data: ReportData): string {
  const { notReached, reached, notHeardOf, undecided, isAtLeast } = data.totals;
  const all = recipientsIn(data);
  if (reached + notReached + undecided === 0) {
    return data.isOver ? 'No recipient has a result' : 'No recipient has a result yet';
  }
  if (data.isOver && notHeardOf + undecided === 0 && !isAtLeast) {
    if (notReached > 0) {
      return `${number(notReached)} of ${counted(all, 'recipient')} ${was(notReached)} not reached`;
    }
    return all === 1 ? 'The 1 recipient was reached' : `All ${number(all)} recipients were reached`;
  }
  const open = notHeardOf === 0 ? 'an unknown number' : `${number(notHeardOf)}${isAtLeast ? ' or more' : ''}`;
  const parts = [
    `${counted(reached, 'recipient')} reached`,
    `${number(notReached)} not reached`,
    ...(undecided > 0 ? [`${number(undecided)} neither`] : []),
    ...(notHeardOf > 0 || isAtLeast ? [`${open} without a result`] : []),
  ];
  return `${data.isOver ? 'Over' : 'Not over yet'}: ${parts.join(', ')}`;
}

export function outcomeSentence(data: ReportData): string {
  const { kind, id, isOver, totals } = data;
  const { reached, notReached, undecided, notHeardOf, isAtLeast } = totals;
  const all = recipientsIn(data);
  const parts = [
    `${number(reached)} ${was(reached)} reached (${share(reached, all)})`,
    `${number(notReached)} ${was(notReached)} not (${share(notReached, all)})`,
    ...(undecided > 0 ? [`${number(undecided)} ${was(undecided)} neither (${share(undecided, all)})`] : []),
    ...(notHeardOf > 0
      ? [
          `${number(notHeardOf)} ${notHeardOf === 1 ? 'has' : 'have'} no result${isOver ? '' : ' yet'} (${share(notHeardOf, all)})`,
        ]
      : []),
  ];
  const state = `The ${kind} ${id} is ${isOver ? 'over' : 'not over yet'}`;
  const known = isAtLeast ? `${counted(all, 'recipient')} known so far` : 'recipients';
  const plus = isAtLeast ? ` ${plusText(data)}` : '';
  return `${state}${notificationsText(data)}. Of its ${known}, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.${plus}`;
}

/** Such as `. It has 8 notifications: 6 completed, 2 unknown`. */
function notificationsText(data: ReportData): string {
  const states = stateCounts(data);
  if (data.kind === 'notification') return states.map(([state]) => ` (${STATE_NAMES[state]})`).join('');
  const count = data.notifications.length + data.missing;
  const each = states.map(([state, value]) => `${number(value)} ${STATE_NAMES[state]}`).join(', ');
  return count === 0 ? '' : `. It has ${counted(count, 'notification')}: ${each}`;
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were';
}
