/** The licences of the packages that are inside our bundles, which most of them want to be passed on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** Absent where the package has no file of it. */
  readonly text?: string;
}

/** Licences that ask for no notice, and one whose text is the same for all: a package without it needs no copy of its own. */
const WITHOUT_TEXT: Readonly<Record<string, string>> = {
  'MIT-0': '',
  '0BSD': '',
  'Apache-2.0': 'The Apache License, Version 2.0, is in the file LICENSE.',
};

/** The packages that these files belong to, by name; files that belong to none are the project's own. */
export function packagesOf(files: readonly string[]): BundledPackage[] {
  const folders = new Set(
    files.map((file) => PACKAGE_FOLDER.exec(file)?.[0]).filter((one) => one !== undefined),
  );
  const packages = [...folders].map(readPackage).map((one) => [`${one.name} ${one.version}`, one] as const);
  // npm installs some twice in the same version.
  return [...new Map(packages).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The file that is packed beside them.
 *
 * @throws where the text of a licence is missing that asks to be passed on.
 */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const namesByText = Map.groupBy(packages, textOf);
  const parts = [...namesByText].map(([text, ones]) => {
    const names = ones.map(({ name, version, license }) => `${name} ${version} (${license})\n`).join('');
    return text === '' ? names : `${names}\n${text}\n`;
  });
  const intro = 'This release contains parts of these packages.\n';
  return [intro, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

function textOf({ name, version, license, text }: BundledPackage): string {
  const passedOn = text ?? WITHOUT_TEXT[license];
  if (passedOn === undefined) {
    throw new Error(`${name} ${version} is under ${license}, but has no file with its text.`);
  }
  return passedOn.trim();
}

/** Up to the name that follows the last `node_modules`. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
/** A NOTICE is to be passed on with the licence (Apache License, Version 2.0, section 4d). */
const LICENSE_FILE = /^(licen[cs]e|notice)(-\w+)?(\.(md|txt))?$/i;

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  return { name, version, license, ...(texts.length > 0 && { text: texts.join('\n') }) };
}
