import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { obstacleSentence } from '../../../cli/text/obstacle-sentence.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'errors.md'), 'utf8');
const [, ofEvents = ''] = /## In events\n([\s\S]*?)\n### After a refusal/.exec(page) ?? [];
const CODES = [...ofEvents.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code = '']) => code);

it.each([...new Set(CODES)])('%s has a sentence, and one that says what to do', (code) => {
  expect(obstacleSentence(code, 'none')).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
});

it.each(['OF_A_LATER_RELEASE', 'toString', '__proto__'])('%s has none', (code) => {
  expect(obstacleSentence(code)).toBe('This release does not know the code; a newer one may.');
});

it('of a later release is told with what its event says', () => {
  expect(obstacleSentence('OF_A_LATER_RELEASE', 'It is new.')).toBe('It is new.');
});
