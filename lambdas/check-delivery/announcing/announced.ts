/**
 * What the state of an execution says of the failures that it has announced. A state's payload is bounded, so a failure is known by
 * eight characters there, and those beyond a thousand only all together.
 */
import { hash } from 'node:crypto';

/** Of so many failures a name is kept. */
export const MOST_NAMES = 1_000;

export interface Announced {
  readonly names: ReadonlySet<string>;
  /** Absent where no failure is without a name. */
  readonly unnamed?: Unnamed | undefined;
}

/** The failures for which there was no room. */
export interface Unnamed {
  readonly count: number;
  /** Tells them from others. */
  readonly digest: string;
}

/** Names in a row; then, where some have none, "+", their number, "." and their digest. */
const FORM = /^((?:[\w-]{8})*)(?:\+(\d{1,9})\.([\w-]{8}))?$/;

/** What cannot be read has announced nothing. */
export function announcedIn(text: string): Announced {
  const [, names = '', count, digest] = FORM.exec(text) ?? [];
  return {
    names: new Set(names.match(/.{8}/g)),
    ...(count !== undefined && digest !== undefined && { unnamed: { count: Number(count), digest } }),
  };
}

export function announcedAsText({ names, unnamed }: Announced): string {
  return [...names].join('') + (unnamed === undefined ? '' : `+${unnamed.count}.${unnamed.digest}`);
}

/** 48 bits of a hash: of a thousand names hardly one is ever that of another failure. */
export function nameOf(logId: string): string {
  return hash('sha256', logId, 'base64url').slice(0, 8);
}

export function unnamedOf(logIds: readonly string[]): Unnamed {
  return { count: logIds.length, digest: nameOf(logIds.join('\n')) };
}
