import { readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { flowchartOf } from '../generate/diagram.ts';
import { README, upToDateReadme } from '../generate/readme.ts';
import { readDeployment } from '../local/aws/deployment.ts';

it('shows the state machine, the example and the figures as they are (npm run readme brings it up to date)', () => {
  const { definition } = readDeployment(inject('assembly'), 'DeliveryTracker').stateMachine;

  expect(readFileSync(README, 'utf8')).toBe(upToDateReadme(flowchartOf(definition)));
});
