/** What a careless Kore knows of a notification at any time: logs come late, change, repeat, vanish and come back. */

import type { CarelessNotification } from './plan.ts';
import type { Random } from './random.ts';

export interface Version {
  /** Seconds after the send. */
  readonly from: number;
  readonly version: number;
  readonly status: string;
}

export interface LogCourse {
  readonly names: { readonly _id?: string; readonly originalId: string; readonly channel: string };
  readonly versions: readonly Version[];
  /** Seconds after the send, between which it is not there. */
  readonly gone: readonly [from: number, until: number];
  readonly isTwice: boolean;
}

export interface Course {
  readonly logs: readonly LogCourse[];
  /** Seconds after the send, between which Kore says "in progress" though it has named an end. */
  readonly relapse: readonly [from: number, until: number];
  readonly finalWord: string;
}

const FINAL_WORDS = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE', 'Partial success', 'COMPLETED'];
/** Whom an id stands for. */
const ID_STYLES = ['one log', 'two logs', 'all logs', 'none'] as const;

export function courseOf({ recipients, takes }: CarelessNotification, random: Random): Course {
  const style = random.of(ID_STYLES);
  const idOf = random.of([koresId, (log: number) => `nl-${log}`]);
  const logs = Array.from({ length: recipients }, (_, i) => logCourse(i, style, idOf, takes, random));
  const relapsesAt = takes + random.upTo(30);
  return {
    logs,
    relapse: random.chance(0.1) ? [relapsesAt, relapsesAt + random.upTo(30)] : [0, 0],
    finalWord: random.of(FINAL_WORDS),
  };
}

/** As Kore documents it; an event names no other. */
export function koresId(log: number): string {
  return `nl-${String(log).padStart(8, '0')}-736f-55b4-9a6b-3dad20c09af3`;
}

function logCourse(
  index: number,
  style: (typeof ID_STYLES)[number],
  idOf: (log: number) => string,
  takes: number,
  random: Random,
): LogCourse {
  const ids = {
    'one log': idOf(index),
    'two logs': idOf(index >> 1),
    'all logs': idOf(0),
    none: undefined,
  };
  const id = ids[style];
  const isLate = random.chance(0.2);
  const begins = isLate ? takes + random.upTo(90) : random.upTo(takes);
  const versions: Version[] = [];
  let from = begins;
  for (let version = 1; version <= 3; version += 1) {
    versions.push({ from, version, status: random.of(['SUCCESS', 'FAILURE', 'QUEUED']) });
    from += random.upTo(20);
    if (random.chance(0.5)) break;
  }
  const [first, second] = versions;
  // The same again, after another: told apart from the first by nothing.
  if (first !== undefined && second !== undefined && random.chance(0.1)) versions.push({ ...first, from });
  const goneFrom = begins + random.upTo(60);
  return {
    // One person on two channels, now and then.
    names: {
      ...(id !== undefined && { _id: id }),
      originalId: `person.${index - (index % 3 === 2 ? 1 : 0)}@example.com`,
      channel: index % 3 === 2 ? 'sms' : 'ivr',
    },
    versions,
    gone: random.chance(0.2) ? [goneFrom, goneFrom + random.upTo(60)] : [0, 0],
    isTwice: random.chance(0.1),
  };
}

/** A log goes back to what it was; where checks overlap, it may end as either. */
export function goesBack({ versions }: LogCourse): boolean {
  return new Set(versions.map(({ version }) => version)).size < versions.length;
}

/** Kore's entries at that many seconds after the send. */
export function entriesAt({ logs }: Course, seconds: number): CarelessEntry[] {
  return logs.flatMap((log) => {
    const there = log.versions.filter(({ from }) => from <= seconds);
    const latest = there.at(-1);
    const [goneFrom, goneUntil] = log.gone;
    if (latest === undefined || (seconds >= goneFrom && seconds < goneUntil)) return [];
    const repeated = log.isTwice ? [there.at(-2) ?? latest] : [];
    return [...repeated, latest].map(({ version, status }) => ({ ...log.names, version, status }));
  });
}

export type CarelessEntry = LogCourse['names'] & { readonly version: number; readonly status: string };

export function statusAt({ relapse, finalWord }: Course, takes: number, seconds: number): string {
  const isBack = seconds >= relapse[0] && seconds < relapse[1];
  return seconds < takes || isBack ? 'IN_PROGRESS' : finalWord;
}
