/** The zip of a release: the code that the template runs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { CHECK_CAMPAIGN_ASSET, CHECK_DELIVERY_ASSET } from '../../../lambdas/asset.ts';
import { writeTemplate } from '../../../package/template.ts';
import project from '../../../package.json' with { type: 'json' };
import type { Json } from './with-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-'));
afterAll(() => rmSync(folder, { recursive: true }));
const release = await writeTemplate(folder);
const template: Json = JSON.parse(readFileSync(release.template, 'utf8'));
const files = unzipSync(readFileSync(release.zip));

it('is named by its release', () => {
  expect(basename(release.zip)).toBe(`notification-delivery-tracker-${project.version}.zip`);
});

it.each([
  ['check-delivery', CHECK_DELIVERY_ASSET],
  ['check-campaign', CHECK_CAMPAIGN_ASSET],
])('has what the function %s runs', (name, asset) => {
  const handlers = Object.values<Json>(template.Resources).map(({ Properties }) => Properties.Handler);

  expect(handlers).toContain(`${name}.handler`);
  expect(strFromU8(files[`${name}.mjs`] as Uint8Array)).toBe(readFileSync(join(asset, 'index.mjs'), 'utf8'));
});

it('has the licences of what is inside, and nothing else', () => {
  expect(Object.keys(files).sort()).toEqual([
    ...['LICENSE', 'THIRD-PARTY-NOTICES.txt', 'check-campaign.mjs', 'check-delivery.mjs'],
  ]);
});

it('has the same bytes again of the same code', async () => {
  const before = readFileSync(release.zip);

  await writeTemplate(folder);

  expect(readFileSync(release.zip).equals(before)).toBe(true);
});
