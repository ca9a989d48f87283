/** Every package that is installed is the one that was reviewed: by its hash, from the registry and nowhere else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** Comes inside another package, under that one's hash. */
  readonly inBundle?: boolean;
}

/** Names of packages that npm would take from elsewhere, or without looking at what it got. */
function unsafeIn(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages)
    .filter(([path, { integrity, link, inBundle, resolved }]) => {
      if (path === '') return false;
      // Without `resolved`, npm takes the version from the registry that it is configured with.
      const isFromElsewhere = link === true || (resolved !== undefined && !resolved.startsWith('https://'));
      return isFromElsewhere || (!inBundle && !integrity?.startsWith('sha512-'));
    })
    .map(([path]) => path);
}

describe('the lockfile', () => {
  it('has a strong hash for every package, and none from elsewhere', () => {
    const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));

    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(unsafeIn(packages)).toEqual([]);
  });

  it.each<[string, LockedPackage]>([
    ['has no hash', { version: '1.0.0' }],
    ['has a weak hash', { version: '1.0.0', integrity: 'sha1-abc' }],
    ['comes from a repository', { integrity: 'sha512-abc', resolved: 'git+ssh://git@example.com/a.git' }],
    ['comes over plain HTTP', { integrity: 'sha512-abc', resolved: 'http://example.com/a.tgz' }],
    ['is a folder', { link: true, integrity: 'sha512-abc' }],
  ])('is not safe with a package that %s', (_, locked) => {
    expect(unsafeIn({ 'node_modules/a': locked })).toEqual(['node_modules/a']);
  });
});
