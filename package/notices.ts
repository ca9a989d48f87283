/** The licences of what is inside the functions' bundles, which most of them want to be passed on. */
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

/** Licences that ask for no notice. */
const WITHOUT_NOTICE = ['MIT-0', '0BSD'];

/** The packages that these files belong to, by name; files that belong to none are the project's own. */
export function packagesOf(files: readonly string[]): BundledPackage[] {
  const folders = new Set(
    files.map((file) => PACKAGE_FOLDER.exec(file)?.[0]).filter((one) => one !== undefined),
  );
  return [...folders].map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The file that is packed beside the functions.
 *
 * @throws where the text of a licence is missing that asks to be passed on.
 */
export function noticesOf(packages: readonly BundledPackage[]): string {
  const namesByText = Map.groupBy(packages, textOf);
  const parts = [...namesByText].map(([text, ones]) => {
    const names = ones.map(({ name, version, license }) => `${name} ${version} (${license})\n`).join('');
    return text === '' ? names : `${names}\n${text}\n`;
  });
  const intro =
    'dist/check-delivery/index.mjs and dist/check-campaign/index.mjs contain parts of these packages.\n';
  return [intro, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

function textOf({ name, version, license, text }: BundledPackage): string {
  if (text === undefined && !WITHOUT_NOTICE.includes(license)) {
    throw new Error(`${name} ${version} is under ${license}, but has no file with its text.`);
  }
  return text?.trim() ?? '';
}

/** Up to the name that follows the last `node_modules`. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
const LICENSE_FILE = /^licen[cs]e(\.(md|txt))?$/i;

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => LICENSE_FILE.test(one));
  return { name, version, license, ...(file && { text: readFileSync(join(folder, file), 'utf8') }) };
}
