/** The stand-in for Kore.ai: a function behind a URL, which answers to tokens of the run alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Architecture,
  Code,
  FunctionUrlAuthType,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { roleThatLogs } from './role-that-logs.ts';

/** Its credentials are not in the template, which the bootstrap bucket keeps: the run sets them once the function is there. */
export class KoreStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Stand-in for Kore.ai, for one run of npm run verify', ...props });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const kore = new LambdaFunction(this, 'Kore', {
      code: Code.fromAsset(bundle()),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(10),
      logGroup,
      role: roleThatLogs(this, 'Role', logGroup),
    });
    const { url } = kore.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    new CfnOutput(this, 'Url', { value: url });
    new CfnOutput(this, 'FunctionName', { value: kore.functionName });
  }
}

function bundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-verify-kore-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildSync({
    entryPoints: [join(import.meta.dirname, '..', 'kore', 'function.ts')],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
  });
  return folder;
}
