/** `npm run diagram`: draws the synthesised state machine into the README. */
import { rmSync, writeFileSync } from 'node:fs';
import { flowchartOf } from '../local/diagram.ts';
import { README, withDiagram } from '../local/readme.ts';
import { synthesise } from '../local/synthesise.ts';

const { directory, deployment } = await synthesise({});
writeFileSync(README, withDiagram(flowchartOf(deployment.stateMachine.definition)));
rmSync(directory, { recursive: true });
