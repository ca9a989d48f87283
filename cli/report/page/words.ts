/** How the page says numbers, times and states, to somebody who knows nothing of the project. */
import { timestamp } from '../../text/timestamp.ts';
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

/** Such as `10 %`; never a whole that it is not. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent < 1) return '< 1 %';
  return percent > 99 && part < whole ? '> 99 %' : `${Math.round(percent)} %`;
}

/** In UTC; the page's script puts it into the reader's zone. */
export function time(at: number): Html {
  return html`<time datetime="${new Date(at).toISOString()}">${timestamp(at)}</time>`;
}

export const STATE_NAMES: Readonly<Record<NotificationFacts['state'] | 'missing', string>> = {
  complete: 'ended',
  'timed-out': 'timed out',
  failed: 'tracking failed',
  stopped: 'stopped by hand',
  running: 'still running',
  unknown: 'not known',
  missing: 'not heard of',
};

export const STATE_MEANINGS: typeof STATE_NAMES = {
  complete: 'Kore.ai has finished: each recipient was reached or not.',
  'timed-out': 'Kore.ai had not finished when the deadline passed.',
  failed: 'The tracker could not learn the end.',
  stopped: 'An operator ended the tracking.',
  running: 'Kore.ai is still delivering, or the tracker has not asked again yet.',
  unknown: 'Only rows of recipients are left.',
  missing: 'Announced, but not ended, as far as is known.',
};

/** A reason as the page shows it. */
export function reasonText(reason: string, { isMasked }: Pick<ReportData, 'isMasked'>): string {
  if (reason === '') return 'no reason given';
  return isMasked && reason === OTHER
    ? `other (reasons that fewer than ${FEWEST_PEOPLE} people share)`
    : reason;
}
