import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CHECK_DELIVERY_ASSET } from '../../lambdas/asset.ts';

/** Gives the function code that does the same and is another for Lambda. */
export function changeCode(checkFunction: LambdaFunction): void {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-verify-code-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(CHECK_DELIVERY_ASSET, folder, { recursive: true });
  appendFileSync(join(folder, 'index.mjs'), '\n// changed\n');
  const { s3BucketName, s3ObjectKey } = new Asset(checkFunction.stack, 'ChangedCode', { path: folder });
  (checkFunction.node.defaultChild as CfnFunction).code = { s3Bucket: s3BucketName, s3Key: s3ObjectKey };
}
