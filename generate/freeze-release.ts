/**
 * `npm run freeze`: keeps this release's template, its definition and what a tracking of it leaves. Stacks made from the
 * first will be updated to later templates; executions started under the second will still run after that, and find the third.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../local/synthesise.ts';
import project from '../package.json' with { type: 'json' };
import { leftByTracking } from './left-by-tracking.ts';

const { directory, deployment } = await synthesise({});
const release = join(import.meta.dirname, '..', 'test', 'releases', project.version);
mkdirSync(release, { recursive: true });
const definition = JSON.stringify(JSON.parse(deployment.stateMachine.definition), null, 2);
writeFileSync(join(release, 'definition.json'), `${definition}\n`);
copyFileSync(join(directory, 'DeliveryTracker.template.json'), join(release, 'template.json'));
const left = await leftByTracking(deployment, project.version);
writeFileSync(join(release, 'tracking.json'), `${JSON.stringify(left, null, 2)}\n`);
rmSync(directory, { recursive: true });
