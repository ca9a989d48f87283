/** The templates that are judged, with what they import of each other already in its place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Template } from '../../../local/aws/template.ts';

export interface JudgedTemplate {
  /** Of the variant, and of the stack in it. */
  readonly name: string;
  readonly file: string;
  readonly template: Template;
}

export function judgedTemplates(): JudgedTemplate[] {
  const assemblies = inject('assemblies');
  return readdirSync(assemblies).flatMap((variant) => {
    const files = readdirSync(join(assemblies, variant)).filter((name) => name.endsWith('.template.json'));
    return files.map((name) => {
      const file = join(assemblies, variant, name);
      const template: Template = JSON.parse(readFileSync(file, 'utf8'));
      return { name: `${variant}: ${name.replace('.template.json', '')}`, file, template };
    });
  });
}
