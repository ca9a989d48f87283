import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { KoreText } from '../../../../lambdas/check-delivery/kore/answer/kore-text.ts';
import { type Obstacle, ObstacleError } from '../../../../lambdas/check-delivery/obstacle.ts';
import type { Log } from '../../../../lambdas/check-delivery/telemetry/log.ts';
import type { Meter } from '../../../../lambdas/check-delivery/telemetry/meter.ts';

const text = new KoreText('jane@example.com');
const log: Log = { info: () => {}, warn: () => {}, about: () => log };
const meter: Meter = { add: () => {} };

it.each<[string, () => string]>([
  ['put into a sentence', () => `Kore said ${text}.`],
  ['serialised', () => JSON.stringify({ text, nested: [text] })],
  ['copied', () => JSON.stringify({ ...text })],
  ['looked into', () => inspect({ text }, { depth: 9, showHidden: true })],
  ['thrown', () => String(new Error(String(text)))],
])('shows nothing where it is %s', (_how, shown) => {
  expect(shown()).not.toContain('jane');
});

it('tells a number or a word to its reader', () => {
  const length: number = text.read((all) => all.length);
  const kind: 'address' | 'other' = text.read((all) => (all.includes('@') ? 'address' : 'other'));

  expect([length, kind]).toEqual([16, 'address']);
});

it('is refused by the compiler as a message, a field of a log line and a metric, and so is what an entry holds', () => {
  const entry: unknown = { comments: 'jane@example.com' };
  const read = text.read((all) => all.slice(4));

  // @ts-expect-error a text of Kore's
  const obstacle: Obstacle = { code: 'KORE_UNREACHABLE', message: text };
  // @ts-expect-error a text that was read out of it
  const error = new ObstacleError('KORE_UNREACHABLE', read);
  // @ts-expect-error
  log.info('checked', { text });
  // @ts-expect-error
  log.warn('checked', { read });
  // @ts-expect-error an entry of Kore's
  log.info('checked', { entry });
  // @ts-expect-error
  meter.add('RecipientsFailed', read);

  expect([obstacle, error]).toHaveLength(2);
});
