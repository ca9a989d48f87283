/**
 * Bundles the two functions. The stack takes the results as they are, so the same files run in AWS, in an emulator and
 * on this machine.
 *
 *     npm run bundle
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { CHECK_CAMPAIGN_ASSET, CHECK_DELIVERY_ASSET } from './asset.ts';

const LAMBDAS = import.meta.dirname;

export interface Bundle {
  readonly bytes: number;
  /** Source files that are inside, packages' included; absolute. */
  readonly sources: readonly string[];
}

/** Bundles both, for what synthesises or packs the stack. */
export function bundleFunctions(): Promise<[delivery: Bundle, campaign: Bundle]> {
  return Promise.all([bundleCheckDelivery(), bundleCheckCampaign()]);
}

export function bundleCheckDelivery(directory = CHECK_DELIVERY_ASSET): Promise<Bundle> {
  return bundleFunction('check-delivery', directory);
}

export function bundleCheckCampaign(directory = CHECK_CAMPAIGN_ASSET): Promise<Bundle> {
  return bundleFunction('check-campaign', directory);
}

/** Writes the bundle to `directory`, where it is not there already. */
async function bundleFunction(name: string, directory: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(LAMBDAS, name, 'handler.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    // The packages' ES modules can be tree-shaken; their CommonJS builds, esbuild's default for Node, cannot.
    mainFields: ['module', 'main'],
    // In Lambda the credentials are in the environment: the SDK's chain of other sources is 130 KiB of cold start.
    alias: {
      '@aws-sdk/credential-provider-node': join(LAMBDAS, 'lambda-credentials.ts'),
      '@aws-sdk/endpoint-cache': join(LAMBDAS, 'no-endpoint-cache.ts'),
    },
    plugins: [VERSION_ALONE],
    // Nothing reads them there; package/notices.ts packs the whole licences.
    legalComments: 'none',
    metafile: true,
    absWorkingDir: LAMBDAS,
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild made no file');
  writeIfChanged(join(directory, 'index.mjs'), bundle.text);
  const inside = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    bytes: bundle.contents.byteLength,
    sources: inside.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => join(LAMBDAS, file)),
  };
}

/** A client of the SDK takes its whole package.json in, to tell AWS its version. */
const VERSION_ALONE: Plugin = {
  name: 'version-alone',
  setup({ onLoad }) {
    onLoad({ filter: /client-[a-z-]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** Leaves a file alone that another process may be reading. */
function writeIfChanged(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {}
  writeFileSync(file, text);
}

if (import.meta.main) {
  const [delivery, campaign] = await bundleFunctions();
  for (const [name, { bytes }] of Object.entries({
    'check-delivery': delivery,
    'check-campaign': campaign,
  })) {
    console.error(`dist/${name}/index.mjs  ${(bytes / 1024).toFixed(0)} KiB`);
  }
}
