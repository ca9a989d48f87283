/** `npm run api`: writes docs/api and docs/configuration.md from the docstrings of what users import. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationPage } from '../generate/reference/configuration.ts';
import { readPublicFace } from '../generate/reference/public-face.ts';

const DOCS = join(import.meta.dirname, '..', 'docs');

const face = await readPublicFace();
await face.writeMarkdown(join(DOCS, 'api'));
writeFileSync(join(DOCS, 'configuration.md'), configurationPage(face.project));
