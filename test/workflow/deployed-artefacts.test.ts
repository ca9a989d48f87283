/** What runs here is what the cloud assembly holds: change the assembly, and the run changes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { CHECK_CAMPAIGN_ASSET, CHECK_DELIVERY_ASSET } from '../../lambdas/asset.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { localAws } from '../../local/aws/local-aws.ts';
import { jumpingClock } from '../../local/clock.ts';
import { SECRET } from './tracking-harness.ts';

const TEMPLATE = 'DeliveryTracker.template.json';

function copyOfAssembly(): string {
  const copy = mkdtempSync(join(tmpdir(), 'assembly-copy-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(inject('assembly'), copy, { recursive: true });
  return copy;
}

async function eventsOfRun(assembly: string) {
  const aws = await localAws(readDeployment(assembly, 'DeliveryTracker'), SECRET, jumpingClock());
  onTestFinished(() => aws.close());
  await aws.track({ name: 'ds-1', input: {} }).ended;
  return aws.events;
}

it('runs the definition in the template', async () => {
  const assembly = copyOfAssembly();
  const template = readFileSync(join(assembly, TEMPLATE), 'utf8');
  const changed = template.replaceAll(
    '\\"Source\\":\\"notification-delivery-tracker\\"',
    '\\"Source\\":\\"changed-in-the-template\\"',
  );
  writeFileSync(join(assembly, TEMPLATE), changed);

  const events = await eventsOfRun(assembly);

  expect(changed).not.toBe(template);
  expect(events).toMatchObject([{ source: 'changed-in-the-template' }]);
});

it('runs the asset in the assembly', async () => {
  const assembly = copyOfAssembly();
  const { assetPath } = readDeployment(assembly, 'DeliveryTracker').function;
  const detail = { data: { counts: { total: 12345 } } };
  const planned = { outcome: 'waiting', nextCheckAt: '2026-01-01T00:00:00Z' };
  const result = { outcome: 'complete', detail, output: {} };
  const code = `export const handler = async ({ plans }) => plans ? ${JSON.stringify(planned)} : ${JSON.stringify(result)};`;
  writeFileSync(join(assetPath, 'index.mjs'), code);

  const events = await eventsOfRun(assembly);

  expect(events).toMatchObject([{ detail }]);
});

it.each([
  ['function', CHECK_DELIVERY_ASSET],
  ['campaignFunction', CHECK_CAMPAIGN_ASSET],
] as const)('finds in the assembly the bundle of the %s that was made of lambdas/', (name, asset) => {
  const { assetPath } = readDeployment(inject('assembly'), 'DeliveryTracker')[name];

  const deployed = readFileSync(join(assetPath, 'index.mjs'), 'utf8');

  expect(deployed).toBe(readFileSync(join(asset, 'index.mjs'), 'utf8'));
});
