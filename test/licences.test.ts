/** Nothing that users get is under a licence that asks more of them than ours does. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleCheckCampaign, bundleCheckDelivery } from '../lambdas/bundle.ts';
import { bundleCommandLine } from '../package/bundle.ts';
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
  [
    'the function of notifications',
    async (place: string) => (await bundleCheckDelivery(place)).sources,
    'jose',
  ],
  ['the function of campaigns', async (place: string) => (await bundleCheckCampaign(place)).sources, 'zod'],
  ['the command line', bundleCommandLine, '@aws-sdk/credential-provider-sso'],
])('%s', (_, bundle, inside) => {
  const bundled = async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracker-licences-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    return packagesOf(await bundle(directory));
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

it('nothing is installed with the package', () => {
  expect(lockfile.packages[''].dependencies).toBeUndefined();
  expect(Object.entries<{ optional?: true }>(lockfile.packages[''].peerDependenciesMeta)).toEqual(
    Object.keys(lockfile.packages[''].peerDependencies).map((name) => [name, { optional: true }]),
  );
});

describe('a package without the text of its licence', () => {
  const silent = { name: 'silent', version: '1.0.0', license: 'MIT' };

  it('is not packed, where the text asks to be passed on', () => {
    expect(() => noticesOf([silent])).toThrow('silent 1.0.0 is under MIT, but has no file with its text.');
  });

  it.each(['MIT-0', 'Apache-2.0'])('is named, under %s', (license) => {
    expect(noticesOf([{ ...silent, license }])).toContain(`silent 1.0.0 (${license})`);
  });
});
