import { describe, expect, it } from 'vitest';
import { type ReleaseFacts, releaseObstacles } from '../../package/release-obstacles.ts';

const READY: ReleaseFacts = {
  version: '0.3.0',
  lockedVersion: '0.3.0',
  changelog: '# Changelog\n\n## 0.3.0\n\n- News.\n\n## 0.2.0\n\n- Old news.\n',
  upgrading: '# Upgrading\n\n## From 0.2.0 to 0.3.0\n\nNothing.\n',
  changedFiles: '',
  tags: ['v0.2.0'],
  isTested: true,
};

describe('a release', () => {
  it('goes on if all is in order', () => {
    expect(releaseObstacles(READY)).toEqual([]);
  });

  it.each<[string, Partial<ReleaseFacts>, string]>([
    [
      'files that are not committed',
      { changedFiles: ' M lib/index.ts\n' },
      'not committed; commit or drop them:\n M lib/index.ts',
    ],
    [
      'a lockfile of another version',
      { lockedVersion: '0.2.0' },
      'package-lock.json says 0.2.0, package.json 0.3.0',
    ],
    ['its tag', { tags: ['v0.2.0', 'v0.3.0'] }, 'v0.3.0 is released'],
    [
      'no section in the CHANGELOG',
      { changelog: '# Changelog\n\n## 0.2.0\n\n- Old news.\n' },
      'CHANGELOG.md begins with "0.2.0"',
    ],
    [
      'an empty section',
      { changelog: '# Changelog\n\n## 0.3.0\n\n## 0.2.0\n\n- Old news.\n' },
      'CHANGELOG.md says nothing of 0.3.0',
    ],
    [
      'an empty last section',
      { changelog: '# Changelog\n\n## 0.3.0\n' },
      'CHANGELOG.md says nothing of 0.3.0',
    ],
    ['no upgrade notes', { upgrading: '## From 0.1.0 to 0.2.0\n' }, 'no section that ends in "to 0.3.0"'],
    ['nobody who says that it is tested', { isTested: false }, '--tested'],
  ])('is refused with %s', (_, facts, sentence) => {
    expect(releaseObstacles({ ...READY, ...facts })).toEqual([expect.stringContaining(sentence)]);
  });

  it('says all that it is refused for at once', () => {
    expect(releaseObstacles({ ...READY, lockedVersion: '0.2.0', isTested: false })).toHaveLength(2);
  });

  it('needs no upgrade notes if it only mends', () => {
    const patch = { version: '0.3.1', lockedVersion: '0.3.1', changelog: '## 0.3.1\n\n- Mended.\n' };

    expect(releaseObstacles({ ...READY, ...patch })).toEqual([]);
  });
});
