import { describe, expect, it } from 'vitest';
import {
  isFinalStatus,
  isKnownStatus,
  statusWord,
  wholeStatus,
} from '../../../lambdas/check-delivery/kore/status-word.ts';

describe('a word', () => {
  it.each([
    ['SUCCEEDED', 'SUCCESS'],
    ['SUCCESSFUL', 'SUCCESS'],
    ['PARTIAL', 'PARTIAL_SUCCESS'],
    ['PARTIALLY_SUCCESSFUL', 'PARTIAL_SUCCESS'],
    ['PARTIAL_FAILURE', 'PARTIAL_SUCCESS'],
    ['FAIL', 'FAILURE'],
    ['FAILED', 'FAILURE'],
  ])('%s is Kore’s %s', (synonym, word) => {
    expect(statusWord(synonym)).toBe(word);
  });

  it('has one underscore for all that stands between its parts', () => {
    expect(statusWord('partial - success')).toBe('PARTIAL_SUCCESS');
  });

  it.each([undefined, null, 7, ['SUCCESS'], '', 'FAILED: jane@example.com'])(
    'is UNKNOWN for %j',
    (status) => {
      expect(statusWord(status)).toBe('UNKNOWN');
    },
  );
});

describe('a status', () => {
  it.each(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'])('is final and known: %s', (word) => {
    expect([isFinalStatus(word), isKnownStatus(word)]).toEqual([true, true]);
  });

  it('is known and not final: IN_PROGRESS', () => {
    expect([isFinalStatus('IN_PROGRESS'), isKnownStatus('IN_PROGRESS')]).toEqual([false, true]);
  });

  it.each(['QUEUED', 'UNKNOWN', ''])('is neither: %j', (word) => {
    expect([isFinalStatus(word), isKnownStatus(word)]).toEqual([false, false]);
  });
});

describe('of the whole', () => {
  it.each(['COMPLETE', 'COMPLETED', 'DONE', 'FINISHED'])('%s says what the logs say', (ended) => {
    expect(wholeStatus(ended, [])).toBe('SUCCESS');
    expect(wholeStatus(ended, ['SUCCESS', 'FAILURE'])).toBe('PARTIAL_SUCCESS');
    expect(wholeStatus(ended, ['FAILURE', 'FAILURE'])).toBe('FAILURE');
  });

  it.each(['SUCCESS', 'IN_PROGRESS', 'UNKNOWN', ''])('%j stays, whatever the logs say', (word) => {
    expect(wholeStatus(word, ['FAILURE'])).toBe(word);
  });
});
