import { expect, it } from 'vitest';
import { findingOf } from '../../verify/report/verdict.ts';

const assumption = {
  id: 'stop-is-told',
  says: 'A stop is told',
  agrees: [{ error: 'absent' }, { error: 'null' }],
};

it.each([
  [{ error: 'absent' }, 'as assumed'],
  [{ error: 'null' }, 'as assumed'],
  [{ error: 'States.Aborted' }, 'differs'],
  [{ error: 'absent', cause: 'text' }, 'differs'],
  [null, 'differs'],
])('%j is %s', (seen, verdict) => {
  const finding = findingOf(assumption, { 'stop-is-told': seen }, { isEmulator: false });

  expect(finding).toEqual({ id: 'stop-is-told', says: 'A stop is told', verdict, seen });
});
