import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, inject, it } from 'vitest';
import { markedPages } from '../../generate/marked-pages.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { WAYS } from '../../testing/faults/fault.ts';

const { definition } = readDeployment(inject('assembly'), 'DeliveryTracker').stateMachine;
const pages = [...markedPages(definition)].map(([path, page]) => [basename(path), path, page] as const);

it.each(pages)('%s shows what the code has (npm run docs brings it up to date)', (_, path, page) => {
  expect(readFileSync(path, 'utf8')).toBe(page);
});

it.each([
  ['reliability.md', 1],
  ['reliability-details.md', Object.keys(WAYS).length],
])('%s has %d lines for a place where faults occur', (name, lines) => {
  const [, , page = ''] = pages.find(([one]) => one === name) ?? [];

  expect(page.match(/^\| rows written \|/gm)).toHaveLength(lines);
});
