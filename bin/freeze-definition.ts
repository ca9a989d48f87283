/** `npm run freeze`: keeps this release's definition, which executions will still run after the next one is deployed. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../local/synthesise.ts';
import project from '../package.json' with { type: 'json' };

const { directory, deployment } = await synthesise({});
const file = join(import.meta.dirname, '..', 'test', 'workflow', 'releases', `${project.version}.json`);
writeFileSync(file, `${JSON.stringify(JSON.parse(deployment.stateMachine.definition), null, 2)}\n`);
rmSync(directory, { recursive: true });
