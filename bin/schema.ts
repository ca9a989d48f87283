/** `npm run schema`: writes the contract's JSON Schemas to schema/. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas, SCHEMA_FOLDER } from '../generate/json-schemas.ts';

mkdirSync(SCHEMA_FOLDER, { recursive: true });
for (const [file, text] of jsonSchemas()) writeFileSync(join(SCHEMA_FOLDER, file), text);
