/**
 * `npm run freeze`: keeps this release's template and definition. Stacks made from the one will be updated to later
 * templates, and executions started under the other will still run after that.
 */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../local/synthesise.ts';
import project from '../package.json' with { type: 'json' };

const { directory, deployment } = await synthesise({});
const release = join(import.meta.dirname, '..', 'test', 'releases', project.version);
mkdirSync(release, { recursive: true });
const definition = JSON.stringify(JSON.parse(deployment.stateMachine.definition), null, 2);
writeFileSync(join(release, 'definition.json'), `${definition}\n`);
copyFileSync(join(directory, 'DeliveryTracker.template.json'), join(release, 'template.json'));
rmSync(directory, { recursive: true });
