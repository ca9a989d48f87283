/** docs/without-cdk.md says what the release has, and what a CDK app in another language does with it works. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { afterAll, expect, it } from 'vitest';
import { writeTemplate } from '../../../package/template.ts';
import project from '../../../package.json' with { type: 'json' };

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'without-cdk.md'), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'without-cdk-'));
afterAll(() => rmSync(folder, { recursive: true }));
const release = await writeTemplate(folder);
const text = readFileSync(release.template, 'utf8');
const template = JSON.parse(text);

it('has each parameter with its default', () => {
  const rows = [...PAGE.matchAll(/^\| `([A-Z]\w+)` \|(?: `(.*?)`)? \|/gm)].map(([, name, value]) => [
    name,
    value,
  ]);

  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(
      Object.entries<{ Default?: string }>(template.Parameters).map(([name, { Default }]) => [name, Default]),
    ),
  );
});

it('is of this release', () => {
  const versions = [...PAGE.matchAll(/(?:tracker-|release = ")(\d+\.\d+\.\d+)/g)].map(
    ([, version]) => version,
  );

  expect(versions.length).toBeGreaterThan(4);
  expect(new Set(versions)).toEqual(new Set([project.version]));
});

it('shows a state machine that is valid', () => {
  const validate = createRequire(import.meta.url)('asl-validator');

  const [, definition = ''] = /^```json\n(.*?)^```$/ms.exec(PAGE) ?? [];

  expect(validate(JSON.parse(definition)).errors).toEqual([]);
});

it('CfnInclude takes the template into a stack, with values in place of parameters', () => {
  const stack = new Stack(new App(), 'Notifications');
  const parameters = { CodeBucket: 'code', CodeKey: 'asset.zip', KoreSecretArn: 'arn:aws:secretsmanager:…' };

  const tracker = new CfnInclude(stack, 'Tracker', { templateFile: release.template, parameters });

  const { Resources, Parameters } = Template.fromStack(stack).toJSON();
  expect(Object.keys(Resources)).toEqual(Object.keys(template.Resources));
  expect(Object.keys(Parameters)).not.toContain('CodeKey');
  expect(Resources.TrackerCheckDeliveryFunction8721B076.Properties.Code).toEqual({
    S3Bucket: 'code',
    S3Key: 'asset.zip',
  });
  expect(stack.resolve(tracker.getOutput('StateMachineArn').value)).toEqual(
    template.Outputs.StateMachineArn.Value,
  );
});
