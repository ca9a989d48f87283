/**
 * The functions' cold starts: size of the bundle and time to import it in a fresh process, beside the same code as NodejsFunction
 * bundles it with `bundleAwsSDK: true` and no other option. The best of alternating runs: others may use this machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { DeployedFunction } from '../local/aws/deployment.ts';
import { synthesise } from '../local/synthesise.ts';
import { markdownTable, type Section } from './page/section.ts';

const RUNS = 20;
const root = join(import.meta.dirname, '..');

export async function coldStartSection(): Promise<Section> {
  const { directory, deployment } = await synthesise({});
  try {
    const rows = [
      ...rowsOf('check-delivery', deployment.function),
      ...rowsOf('check-campaign', deployment.campaignFunction),
    ];
    return { name: 'cold-start', command: 'npm run bench -- cold-start', text: tableOf(rows) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function tableOf(rows: readonly string[][]): string {
  return [
    `Importing each function in a fresh process, the best of ${RUNS} alternating runs, Node ${process.version}:`,
    markdownTable(['function', 'bundle', 'KiB', 'ms', 'ratio of the times'], rows, 2),
  ].join('\n\n');
}

function rowsOf(name: string, { assetPath, environment }: DeployedFunction): string[][] {
  const directory = mkdtempSync(join(tmpdir(), 'cold-start-'));
  try {
    const ours = join(assetPath, 'index.mjs');
    const defaults = join(bundledByNodejsFunction(name, directory), 'index.js');
    const times = { ours: [] as number[], defaults: [] as number[] };
    // One uncounted run of each warms the disk's cache.
    for (let run = -1; run < RUNS; run += 1) {
      const [a, b] = [importMs(ours, environment), importMs(defaults, environment)];
      if (run < 0) continue;
      times.ours.push(a);
      times.defaults.push(b);
    }
    const [a, b] = [Math.min(...times.ours), Math.min(...times.defaults)];
    return [
      [name, "this project's", kib(ours), a.toFixed(1), (a / b).toFixed(2)],
      [name, "NodejsFunction's, with the SDK", kib(defaults), b.toFixed(1), '1.00'],
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function bundledByNodejsFunction(name: string, outdir: string): string {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'ColdStart');
  new NodejsFunction(stack, 'Check', {
    entry: join(root, 'lambdas', name, 'handler.ts'),
    depsLockFilePath: join(root, 'package-lock.json'),
    projectRoot: root,
    runtime: Runtime.NODEJS_24_X,
    bundling: { bundleAwsSDK: true },
  });
  app.synth();
  const asset = readdirSync(outdir).find((file) => file.startsWith('asset.'));
  if (asset === undefined) throw new Error('NodejsFunction made no asset');
  return join(outdir, asset);
}

/** Milliseconds from before the import to behind it, without the start of the process. */
function importMs(file: string, environment: DeployedFunction['environment']): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start)`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: {
      ...environment,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  return Number(printed);
}

function kib(file: string): string {
  return (statSync(file).size / 1024).toFixed(0);
}
