/** `npm run docs`: writes docs/api, docs/configuration.md, schema/, and the marked parts of the other pages. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesise } from '../local/synthesise.ts';
import { jsonSchemas, SCHEMA_FOLDER } from './json-schemas.ts';
import { markedPages } from './marked-pages.ts';
import { configurationPage } from './reference/configuration.ts';
import { readPublicApi } from './reference/public-api.ts';

const DOCS = join(import.meta.dirname, '..', 'docs');

const { directory, deployment } = await synthesise({});
for (const [path, page] of markedPages(deployment.stateMachine.definition)) writeFileSync(path, page);
rmSync(directory, { recursive: true });

mkdirSync(SCHEMA_FOLDER, { recursive: true });
for (const [file, text] of jsonSchemas()) writeFileSync(join(SCHEMA_FOLDER, file), text);

const api = await readPublicApi();
await api.writeMarkdown(join(DOCS, 'api'));
writeFileSync(join(DOCS, 'configuration.md'), configurationPage(api.project));
