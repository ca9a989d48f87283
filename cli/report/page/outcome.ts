/** What became of it, in a headline and a few sentences. */
import type { ReportData } from '../data/report-data.ts';
import { counted, number, STATE_NAMES, share, stateCounts } from './words.ts';

/** Recipients that are known of, and those that were announced. */
export function recipientsIn({ totals }: ReportData): number {
  return totals.reached + totals.notReached + totals.undecided + totals.notHeardOf;
}

export function headline(data: ReportData): string {
  const { notReached, reached, notHeardOf, undecided, isAtLeast } = data.totals;
  const all = recipientsIn(data);
  if (reached + notReached + undecided === 0) {
    return data.isOver ? 'Nothing was heard of any recipient' : 'Nothing has been heard of any recipient yet';
  }
  const known = isAtLeast ? ' so far known' : '';
  if (notReached === 0 && notHeardOf === 0 && undecided === 0 && data.isOver) {
    return all === 1
      ? `The 1 recipient${known} was reached`
      : `All ${number(all)} recipients${known} were reached`;
  }
  const were = notReached === 1 ? 'was' : 'were';
  // Where it is not known how many there are, the number is not that of all.
  const of = isAtLeast ? `of the ${counted(all, 'recipient')}${known}` : `of ${counted(all, 'recipient')}`;
  const soFar = data.isOver || isAtLeast ? '' : 'So far, ';
  return `${soFar}${number(notReached)} ${of} ${were} not reached`;
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
      ? `; of the other ${number(notHeardOf)}, ${heard}`
      : isAtLeast
        ? '; how many more there are is not known'
        : '';
  const state = `The ${kind} ${id} is ${isOver ? 'over' : 'not over yet'}`;
  const known = isAtLeast ? `${counted(all, 'recipient')} so far known` : 'recipients';
  return `${state}${notificationsText(data)}. Of its ${known}, ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}${others}. “Reached” means that Kore.ai reported success.`;
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
