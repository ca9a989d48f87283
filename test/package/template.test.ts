/** The template and the zip of a release, which are deployed without the CDK. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { CHECK_CAMPAIGN_ASSET, CHECK_DELIVERY_ASSET } from '../../lambdas/asset.ts';
import { DeliveryTrackerStack } from '../../lib/delivery-tracker-stack.ts';
import { writeTemplate } from '../../package/template.ts';
import project from '../../package.json' with { type: 'json' };

// biome-ignore lint/suspicious/noExplicitAny: a template holds anything.
type Json = any;

const ZIP = `notification-delivery-tracker-${project.version}.zip`;
/** What CloudFormation takes from a bucket: "1 MB" (AWS docs, CloudFormation quotas). Beside a tenth of it nobody has to think. */
const MOST_BYTES = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'template-'));
afterAll(() => rmSync(folder, { recursive: true }));

const release = await writeTemplate(folder);
const text = readFileSync(release.template, 'utf8');
const template: Json = JSON.parse(text);
const files = unzipSync(readFileSync(release.zip));

/** The stack that `cdk deploy` makes, told the same secret and no topic. */
const deployed: Json = Template.fromStack(
  new DeliveryTrackerStack(
    new App({
      context: { 'tracker:secretArn': SECRET_ARN() },
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    }),
    'DeliveryTracker',
  ),
).toJSON();

function SECRET_ARN(): string {
  return 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:kore-AbCdEf';
}
