import { readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { readDeployment } from '../local/deployment.ts';
import { flowchartOf } from '../local/diagram.ts';
import { README, withDiagram } from '../local/readme.ts';

it('shows the state machine as it is synthesised (npm run diagram draws it anew)', () => {
  const { definition } = readDeployment(inject('assembly'), 'DeliveryTracker').stateMachine;

  expect(readFileSync(README, 'utf8')).toBe(withDiagram(flowchartOf(definition)));
});
