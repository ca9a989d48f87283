/** `npm run readme`: puts the synthesised state machine's diagram, the example's files and the figures into the README. */
import { rmSync, writeFileSync } from 'node:fs';
import { flowchartOf } from '../generate/diagram.ts';
import { README, upToDateReadme } from '../generate/readme.ts';
import { synthesise } from '../local/synthesise.ts';

const { directory, deployment } = await synthesise({});
writeFileSync(README, upToDateReadme(flowchartOf(deployment.stateMachine.definition)));
rmSync(directory, { recursive: true });
