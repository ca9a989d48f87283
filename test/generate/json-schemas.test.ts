import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { jsonSchemas, SCHEMA_FOLDER } from '../../generate/json-schemas.ts';

it.each([...jsonSchemas()])('%s is as the contract is (npm run docs brings it up to date)', (file, text) => {
  expect(readFileSync(join(SCHEMA_FOLDER, file), 'utf8')).toBe(text);
});

const validator = (file: string) =>
  new Ajv2020({ formats: { 'date-time': true } }).compile(JSON.parse(jsonSchemas().get(file) ?? ''));

it.each([
  [{ requestId: 'ds-1' }, true],
  [{ requestId: 'ds-1', streamId: 'st-1', recipients: 3, correlationId: 'order-42', later: 1 }, true],
  [{}, false],
  [{ requestId: '../ds-1' }, false],
  [{ requestId: 'ds-1', recipients: 0 }, false],
  [{ requestId: 'ds-1', campaignId: 'spring 2026' }, false],
])('the input %j is valid for others too: %s', (input, valid) => {
  expect(validator('tracking-input.json')(input)).toBe(valid);
});

it.each([
  [{ campaignId: 'spring-2026', notifications: 250 }, true],
  [{ campaignId: 'spring-2026', notifications: 250, deadlineSeconds: 3600, later: 1 }, true],
  [{ campaignId: 'spring-2026' }, false],
  [{ campaignId: 'spring 2026', notifications: 250 }, false],
  [{ campaignId: 'spring-2026', notifications: 0 }, false],
  [{ campaignId: 'spring-2026', notifications: 100_001 }, false],
])('the input %j of a campaign is valid for others too: %s', (input, valid) => {
  expect(validator('campaign-input.json')(input)).toBe(valid);
});

it('a failed campaign is valid with the least that is certain of it, and not without', () => {
  const validate = validator('campaign-failed.json');
  const metadata = { id: 'arn', version: '1' };
  const error = { code: 'UNEXPECTED_ERROR', message: 'why' };

  expect(validate({ metadata, data: { campaignId: 'spring-2026', error } })).toBe(true);
  expect(validate({ metadata, data: { campaignId: 'spring-2026' } })).toBe(false);
});

it('a failed tracking is valid with the least that is certain of it, and not without', () => {
  const validate = validator('tracking-failed.json');
  const metadata = { id: 'arn', version: '1' };
  const error = { code: 'UNEXPECTED_ERROR', message: 'why' };

  expect(validate({ metadata, data: { requestId: 'ds-1', error } })).toBe(true);
  expect(validate({ metadata, data: { requestId: 'ds-1' } })).toBe(false);
});
