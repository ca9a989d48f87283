/** The parts of the README that are generated, between `<!-- name -->` and `<!-- /name -->`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const README = join(import.meta.dirname, '..', 'README.md');

/** The README with its diagram of the state machine as `flowchart` says. */
export function withDiagram(flowchart: string, readme = readFileSync(README, 'utf8')): string {
  const part = /(<!-- diagram -->\n)[\s\S]*?(<!-- \/diagram -->)/;
  if (!part.test(readme)) throw new Error('README.md lacks <!-- diagram --> … <!-- /diagram -->');
  return readme.replace(part, (_, open, close) => `${open}\`\`\`mermaid\n${flowchart}\n\`\`\`\n${close}`);
}
