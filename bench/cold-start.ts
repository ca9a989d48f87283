/**
 * The function's cold start: size of the bundle and time to import it in a fresh process, beside the same code as
 * NodejsFunction bundles it with `bundleAwsSDK: true` and no other option. Medians of alternating runs.
 *
 *     npm run bench -- cold-start
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { CHECK_DELIVERY_ASSET } from '../lambdas/asset.ts';
import { bundleCheckDelivery } from '../lambdas/bundle.ts';
import { KORE_LIMITS } from '../lambdas/check-delivery/budget/call-limits.ts';
import { toEnvironment } from '../lambdas/check-delivery/environment.ts';
import { markdownTable, type Section } from './section.ts';

const RUNS = 20;
const root = join(import.meta.dirname, '..');

export async function coldStartSection(): Promise<Section> {
  await bundleCheckDelivery();
  const directory = mkdtempSync(join(tmpdir(), 'cold-start-'));
  try {
    const ours = join(CHECK_DELIVERY_ASSET, 'index.mjs');
    const defaults = join(bundledByNodejsFunction(directory), 'index.js');
    const times = { ours: [] as number[], defaults: [] as number[] };
    // One uncounted run of each warms the disk's cache.
    for (let run = -1; run < RUNS; run += 1) {
      const [a, b] = [importMs(ours), importMs(defaults)];
      if (run < 0) continue;
      times.ours.push(a);
      times.defaults.push(b);
    }
    const [a, b] = [median(times.ours), median(times.defaults)];
    return {
      name: 'cold-start',
      command: 'npm run bench -- cold-start',
      text: [
        `Importing the function in a fresh process, median of ${RUNS} alternating runs, Node ${process.version}.`,
        markdownTable(
          ['bundle', 'KiB', 'ms', 'ratio of the times'],
          [
            ["this project's", kib(ours), a.toFixed(1), (a / b).toFixed(2)],
            ["NodejsFunction's, with the SDK", kib(defaults), b.toFixed(1), '1.00'],
          ],
        ),
      ].join('\n\n'),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function bundledByNodejsFunction(outdir: string): string {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, 'ColdStart');
  new NodejsFunction(stack, 'Check', {
    entry: join(root, 'lambdas', 'check-delivery', 'handler.ts'),
    depsLockFilePath: join(root, 'package-lock.json'),
    projectRoot: root,
    runtime: Runtime.NODEJS_24_X,
    bundling: { bundleAwsSDK: true },
  });
  app.synth();
  const asset = readdirSync(outdir).find((name) => name.startsWith('asset.'));
  if (asset === undefined) throw new Error('NodejsFunction made no asset');
  return join(outdir, asset);
}

/** Milliseconds from before the import to behind it, without the start of the process. */
function importMs(file: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start)`;
  const environment = toEnvironment({
    trackerName: 'tracker',
    bots: {},
    host: 'https://platform.kore.ai',
    apiScope: 'app-builder',
    secretArn: 'secret',
    tableName: 'table',
    tableArn: 'table',
    schedule: { firstCheckSeconds: 30, floorSeconds: 5, checkWorthSeconds: 5, capSeconds: 135 },
    callLimits: KORE_LIMITS,
    budgetTableName: 'budgets',
    deadlineSeconds: 86_400,
    notFoundGraceSeconds: 600,
    retentionDays: 90,
  });
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

function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return ((sorted[(RUNS - 1) >> 1] ?? 0) + (sorted[RUNS >> 1] ?? 0)) / 2;
}

function kib(file: string): string {
  return (statSync(file).size / 1024).toFixed(0);
}
