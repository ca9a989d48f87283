import { describe, expect, it } from 'vitest';
import {
  isFinalStatus,
  isKnownStatus,
  type StatusWord,
  statusWord,
  wholeStatus,
} from '../../../../lambdas/check-delivery/kore/words/status-word.ts';

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

  it.each(['QUEUED', 'Delivered', 'timed-out'])('may be one that other APIs have: %s', (status) => {
    expect(statusWord(status)).toBe(status.toUpperCase().replace('-', '_'));
  });

  it.each([
    undefined,
    null,
    7,
    ['SUCCESS'],
    '',
    'FAILED: jane@example.com',
    'JANE_DOE',
    'E4711',
    'constructor',
  ])('is UNKNOWN for %j, which is not listed', (status) => {
    expect(statusWord(status)).toBe('UNKNOWN');
  });
});

describe('a status', () => {
  it.each<StatusWord>(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'])('is final and known: %s', (word) => {
    expect([isFinalStatus(word), isKnownStatus(word)]).toEqual([true, true]);
  });

  it('is known and not final: IN_PROGRESS', () => {
    expect([isFinalStatus('IN_PROGRESS'), isKnownStatus('IN_PROGRESS')]).toEqual([false, true]);
  });

  it.each<StatusWord>(['QUEUED', 'UNKNOWN'])('is neither: %j', (word) => {
    expect([isFinalStatus(word), isKnownStatus(word)]).toEqual([false, false]);
  });
});

describe('of the whole', () => {
  it.each<StatusWord>(['COMPLETE', 'COMPLETED', 'DONE', 'FINISHED'])('%s says what the logs say', (ended) => {
    expect(wholeStatus(ended, [])).toBe('SUCCESS');
    expect(wholeStatus(ended, ['SUCCESS', 'FAILURE'])).toBe('PARTIAL_SUCCESS');
    expect(wholeStatus(ended, ['FAILURE', 'FAILURE'])).toBe('FAILURE');
  });

  it.each<StatusWord>(['SUCCESS', 'IN_PROGRESS', 'UNKNOWN'])('%j stays, whatever the logs say', (word) => {
    expect(wholeStatus(word, ['FAILURE'])).toBe(word);
  });
});
