/**
 * What the state of an execution says of the failures that it has announced. A state's payload is bounded, so a failure is known by
 * eight characters there. Those beyond a thousand, and those whose keys may be made from an address, are known by their number alone: what
 * is made from an address can be found out by trying addresses.
 */
import { hash } from 'node:crypto';

/** Of so many failures a name is kept. */
export const MOST_NAMES = 1_000;

export interface Announced {
  readonly names: ReadonlySet<string>;
  /** How many failures were announced that have no name. */
  readonly unnamed: number;
}

/** Names in a row; then, where some have none, "+" and their number. */
const FORM = /^((?:[\w-]{8})*)(?:\+(\d{1,9}))?$/;

/** What cannot be read has announced nothing. */
export function announcedIn(text: string): Announced {
  const [, names = '', unnamed = '0'] = FORM.exec(text) ?? [];
  return { names: new Set(names.match(/.{8}/g)), unnamed: Number(unnamed) };
}

export function announcedAsText({ names, unnamed }: Announced): string {
  return [...names].join('') + (unnamed === 0 ? '' : `+${unnamed}`);
}

/** 48 bits of a hash: of a thousand names hardly one is ever that of another failure. */
export function nameOf(logId: string): string {
  return hash('sha256', logId, 'base64url').slice(0, 8);
}
