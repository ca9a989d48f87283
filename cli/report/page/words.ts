/** How the page says numbers, times and states, to somebody who knows nothing of the project. */
import { duration, timestamp } from '../../text/timestamp.ts';
import type { NotificationFacts } from '../data/notification-facts.ts';
import type { ReportData } from '../data/report-data.ts';
import { FEWEST_PEOPLE, OTHER } from '../data/shared-texts.ts';
import { type Html, html } from './html.ts';

const NUMBERS = new Intl.NumberFormat('en');

export function number(value: number): string {
  return NUMBERS.format(value);
}

/** Such as `1 recipient` and `2 recipients`. */
export function counted(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Such as `10 %`, never parted at the end of a line; never a whole that it is not. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0\u00a0%';
  const percent = (100 * part) / whole;
  if (percent < 1) return '<\u00a01\u00a0%';
  return percent > 99 && part < whole ? '>\u00a099\u00a0%' : `${Math.round(percent)}\u00a0%`;
}

/** In UTC; the page's script puts it into the reader's zone. */
export function time(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${timestamp(at)}</time>`;
}

export const STATE_NAMES: Readonly<Record<NotificationFacts['state'] | 'missing', string>> = {
  complete: 'completed',
  'timed-out': 'timed out',
  failed: 'failed',
  stopped: 'stopped by hand',
  running: 'still running',
  unknown: 'end not recorded',
  missing: 'unknown',
};

export const STATE_MEANINGS: typeof STATE_NAMES = {
  complete: 'Kore.ai has finished, and has reported on each recipient.',
  'timed-out': 'Kore.ai had not finished when the deadline passed.',
  failed: 'The tracker could not learn what became of it. Kore.ai may have delivered it.',
  stopped: 'An operator ended the tracking.',
  running: 'Kore.ai is still delivering, or the tracker has not asked again yet.',
  unknown: 'The tracker has rows of its recipients, and nothing else of it.',
  missing: 'Announced with the campaign. Nothing else is known of it, not even its id.',
};

export type ShownState = keyof typeof STATE_NAMES;

/** How many notifications there are in each state, in the order of their names. */
export function stateCounts({ notifications, missing }: ReportData): [ShownState, number][] {
  const states = Object.keys(STATE_NAMES) as ShownState[];
  const count = (shown: ShownState) =>
    shown === 'missing' ? missing : notifications.filter(({ state }) => state === shown).length;
  return states.map((state): [ShownState, number] => [state, count(state)]).filter(([, value]) => value > 0);
}

/** Such as `timed out; nothing has come for 1 h 43 min`. */
export function openText({ state, heardAt, startedAt }: NotificationFacts, { madeAt }: ReportData): string {
  const since = heardAt ?? startedAt;
  const silence = since !== undefined && `; nothing has come for ${duration((madeAt - since) / 1000)}`;
  return `${STATE_NAMES[state]}${silence || ''}`;
}

/** A reason as the page shows it. */
export function reasonText(reason: string, { isMasked }: Pick<ReportData, 'isMasked'>): string {
  if (reason === '') return 'no reason given';
  return isMasked && reason === OTHER
    ? `other (reasons that fewer than ${FEWEST_PEOPLE} people share)`
    : reason;
}
