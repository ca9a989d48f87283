/** Nothing that users get is under a licence that asks more of them than ours does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleCheckCampaign, bundleCheckDelivery } from '../lambdas/bundle.ts';
import { noticesOf, packagesOf } from '../package/notices.ts';

const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];
/** Fit for tools, of which nothing is passed on. */
const FOR_TOOLS = [
  'Artistic-2.0',
  'BlueOak-1.0.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
];

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
}

/** Of `A OR B` one is enough. */
const isUnder = (licences: readonly string[], { license = 'none' }: LockedPackage) =>
  license
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((one) => licences.includes(one));

const strangersTo = (licences: readonly string[], packages: readonly (readonly [string, LockedPackage])[]) =>
  packages.filter(([, one]) => !isUnder(licences, one)).map(([path, { license }]) => `${path}: ${license}`);

const lockfile = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));
const locked = Object.entries<LockedPackage>(lockfile.packages).filter(([path]) => path !== '');

describe('the licence', () => {
  it('of what is installed with the package is permissive', () => {
    const installed = locked.filter(([, { dev }]) => !dev);

    expect(installed.length).toBeGreaterThan(20);
    expect(strangersTo(PERMISSIVE, installed)).toEqual([]);
  });

  it('of every tool is known, and lets us use it', () => {
    expect(strangersTo([...PERMISSIVE, ...FOR_TOOLS], locked)).toEqual([]);
  });

  it.each(['GPL-3.0-or-later', 'AGPL-3.0-only', 'UNLICENSED', 'SEE LICENSE IN x', undefined])(
    '%s would not do',
    (license) => {
      expect(isUnder([...PERMISSIVE, ...FOR_TOOLS], license === undefined ? {} : { license })).toBe(false);
    },
  );
});

describe.each([
  ['notifications', bundleCheckDelivery, 'jose'],
  ['campaigns', bundleCheckCampaign, '@aws-sdk/client-sfn'],
])('the function of %s', (_, bundle, inside) => {
  const bundled = async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracker-licences-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const { sources } = await bundle(directory);
    return packagesOf(sources);
  };

  it('holds packages under permissive licences only', async () => {
    const packages = await bundled();

    expect(packages.map(({ name }) => name)).toContain(inside);
    expect(packages.filter((one) => !isUnder(PERMISSIVE, one))).toEqual([]);
  });

  it('is packed with the licence of each', async () => {
    const packages = await bundled();

    const notices = noticesOf(packages);

    for (const { name, version, text = '' } of packages) {
      expect(notices).toContain(`${name} ${version} (`);
      expect(notices).toContain(text.trim());
    }
  });
});

it('a function cannot be packed without the text of a licence that asks to be passed on', () => {
  const silent = { name: 'silent', version: '1.0.0', license: 'MIT' };

  expect(() => noticesOf([silent])).toThrow('silent 1.0.0 is under MIT, but has no file with its text.');
  expect(noticesOf([{ ...silent, license: 'MIT-0' }])).toContain('silent 1.0.0 (MIT-0)');
});
