/** How the page says numbers, times and states, to somebody who knows nothing of the project. */
import { requestIdSchema } from '../../../contract/tracking-input.ts';
import { obstacleMeaning } from '../../text/obstacle-sentence.ts';
import { duration as durationText, timestamp } from '../../text/timestamp.ts';
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

/** Such as `28 min 30 s`, never parted at the end of a line. */
export function duration(seconds: number): string {
  return durationText(seconds).replaceAll(' ', '\u00a0');
}

/** Said below shares that a reader would add up. */
export function roundedNote(parts: readonly number[], whole: number): string {
  const sum = parts.reduce((all, part) => all + Math.round((100 * part) / whole), 0);
  return whole === 0 || sum === 100 ? '' : ' Shares are rounded.';
}

/** How many are named in a sentence. */
export const MOST_NAMED = 3;

/**
 * Such as `ds-1, ds-2, ds-3 and 4 more`. A name may be copied into a shell, so what is no id is counted only.
 *
 * @param note stands in brackets behind the name.
 */
export function named<Named extends Pick<NotificationFacts, 'requestId'>>(
  notifications: readonly Named[],
  note: (one: Named) => string = () => '',
): Html {
  const names = notifications
    .filter(hasPlainId)
    .slice(0, MOST_NAMED)
    .map((one) => html`<code>${one.requestId}</code>${note(one) !== '' && ` (${note(one)})`}`);
  if (names.length === 0) return html`${counted(notifications.length, 'notification')}`;
  const rest = notifications.length - names.length;
  const parts = rest > 0 ? [...names, `${number(rest)} more`] : names;
  return html`${parts.map((part, index) => [index > 0 && (index === parts.length - 1 ? ' and ' : ', '), part])}`;
}

export function hasPlainId({ requestId }: Pick<NotificationFacts, 'requestId'>): boolean {
  return requestIdSchema.safeParse(requestId).success;
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
  complete: 'Kore.ai has finished, and the tracker asks no more.',
  'timed-out': 'The tracker stopped asking when its deadline passed; Kore.ai may have gone on.',
  failed: 'The tracker could not learn what became of it. Kore.ai may have delivered it.',
  stopped: 'An operator ended the tracking.',
  running: 'As far as is known, Kore.ai is still delivering and the tracker still asking.',
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

/** With the reason, unless the state says it: such as `failed: Kore.ai refuses the credentials.` */
export function stateText({ state, errorCode: code }: NotificationFacts): string {
  if (code === undefined || code === SAID_BY_STATE) return STATE_NAMES[state];
  return `${STATE_NAMES[state]}: ${obstacleMeaning(code) ?? code}`;
}

/** Of a notification that timed out (docs/errors.md). */
const SAID_BY_STATE = 'DEADLINE_PASSED';

/** A reason as the page shows it. */
export function reasonText(reason: string, { isMasked }: Pick<ReportData, 'isMasked'>): string {
  if (reason === '') return 'no reason given';
  return isMasked && reason === OTHER
    ? `other (reasons that fewer than ${FEWEST_PEOPLE} people share)`
    : reason;
}
