/**
 * `npm run template -- [FOLDER]`: what a release has for those who deploy without the CDK, in `dist/cloudformation/` or the
 * folder: the template, and the zip with the code of the functions ([docs/without-cdk.md](../docs/without-cdk.md)).
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { type Zippable, zipSync } from 'fflate';
import { CHECK_CAMPAIGN_ASSET, CHECK_DELIVERY_ASSET } from '../lambdas/asset.ts';
import { bundleFunctions } from '../lambdas/bundle.ts';
import { noticesOf, packagesOf } from './notices.ts';
import { ZIP } from './template/parameters.ts';
import { TemplateStack } from './template/template-stack.ts';

const PROJECT = join(import.meta.dirname, '..');

export interface Release {
  readonly template: string;
  readonly zip: string;
}

/** @returns the paths of both files. */
export async function writeTemplate(folder = join(PROJECT, 'dist', 'cloudformation')): Promise<Release> {
  const sources = (await bundleFunctions()).flatMap((bundle) => bundle.sources);
  const release = { template: join(folder, 'template.json'), zip: join(folder, ZIP) };
  mkdirSync(folder, { recursive: true });
  writeFileSync(release.zip, zipOfFunctions(noticesOf(packagesOf(sources))));
  synthesise(release.template);
  return release;
}

function synthesise(template: string): void {
  const outdir = mkdtempSync(join(tmpdir(), 'delivery-tracker-template-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    const { templateFile } = new TemplateStack(app);
    app.synth();
    copyFileSync(join(outdir, templateFile), template);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Lambda goes by the POSIX permissions in the zip (AWS docs, Deploy Node.js Lambda functions with .zip file archives). */
const READABLE_BY_ALL = { os: 3, attrs: (0o100644 << 16) >>> 0 };

/** The same bytes of the same code. The handlers' files are at its root, where Lambda looks for them (the same page). */
function zipOfFunctions(notices: string): Uint8Array {
  const files: Zippable = {
    'check-delivery.mjs': readFileSync(join(CHECK_DELIVERY_ASSET, 'index.mjs')),
    'check-campaign.mjs': readFileSync(join(CHECK_CAMPAIGN_ASSET, 'index.mjs')),
    'THIRD-PARTY-NOTICES.txt': Buffer.from(notices),
    LICENSE: readFileSync(join(PROJECT, 'LICENSE')),
  };
  return zipSync(files, { ...READABLE_BY_ALL, level: 9, mtime: new Date(1980, 0, 1) });
}

if (import.meta.main) {
  for (const file of Object.values(await writeTemplate(process.argv[2]))) {
    console.error(`${file}  ${(readFileSync(file).byteLength / 1024).toFixed(0)} KiB`);
  }
}
