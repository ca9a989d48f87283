/** Recipients' addresses, masked, so that anyone who looks over a shoulder or reads a build log learns none. */
import { redact } from './redact.ts';

/** `r…6@example.com`, `…67` for a number, `j…e` for anything else. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at);
  if (at > 0 && DOMAIN.test(domain)) return maskWord(address.slice(0, at)) + domain;
  if (NUMBER.test(address)) return `…${address.replace(/\D/g, '').slice(-2)}`;
  return maskWord(address);
}

/** A text of others without addresses: those that look like one, and those that are known. */
export function maskText(text: string, addresses: readonly string[]): string {
  let masked = redact(text);
  // The name before the "at" says as much.
  for (const name of new Set(addresses.flatMap((address) => [address, address.replace(/@.*$/, '')]))) {
    if (name.length < SHORTEST_NAME) continue;
    // Whatever the pattern finds is the same in capitals, and most texts name nobody: a report masks a million.
    if (!masked.toUpperCase().includes(name.toUpperCase())) continue;
    masked = masked.replaceAll(anyCase(name), '[address]');
  }
  return masked;
}

const DOMAIN = /^@[a-z0-9.-]+$/i;
const NUMBER = /^\+?\d[\d\s()./-]{2,}\d$/;
/** Shorter ones are found in words that mean something else. */
const SHORTEST_NAME = 3;

function maskWord(word: string): string {
  const characters = [...word];
  return characters.length <= 2 ? '…' : `${characters[0]}…${characters.at(-1)}`;
}

function anyCase(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
}
