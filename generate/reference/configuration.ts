/** The page on what a tracker can be told: every prop and option, by its docstring. */
import { type Comment, type DeclarationReflection, type ProjectReflection, ReflectionKind } from 'typedoc';
import { keysOfProps } from './context-keys.ts';

const INTRODUCTION = `# Configuration

Written by \`npm run docs\` from the docstrings. In your own app these are props of the constructs and options of their
methods. In the app of this repository the context has them, in \`cdk.json\` or on the command line
(\`npx cdk deploy -c tracker:deadlineSeconds=3600\`); what has no key there is a prop only. A value that cannot work
fails the synth with a sentence that says what to do.
`;

/** The page, in Markdown. */
export function configurationPage(project: ProjectReflection): string {
  const interfaces = project
    .getReflectionsByKind(ReflectionKind.Interface)
    .filter((one): one is DeclarationReflection => one.isDeclaration() && /(Props|Options)$/.test(one.name))
    .sort((one, other) => rank(one) - rank(other));
  const names = interfaces.map(({ name }) => name);
  const keys = keysOfProps();
  return [INTRODUCTION, ...interfaces.map((one) => section(one, names, keys))].join('\n');
}

/** The tracker's own first, then the parts of these, then what other constructs and methods take. */
function rank({ name }: DeclarationReflection): number {
  const place = ['DeliveryTrackerProps', 'ScheduleProps', 'CallLimitsProps', 'BotProps'].indexOf(name);
  if (place >= 0) return place;
  return name.endsWith('Props') ? 10 : 20;
}

function section(
  reflection: DeclarationReflection,
  sections: readonly string[],
  keys: ReturnType<typeof keysOfProps>,
): string {
  const fields = reflection.children ?? [];
  const keysOf = ({ name }: DeclarationReflection) => keys.get(`${reflection.name}.${name}`) ?? [];
  const hasKeys = fields.some((field) => keysOf(field).length > 0);
  // More columns would not fit on a page.
  const columns = [hasKeys ? 'prop, and context' : 'prop', 'type, and default', 'what it is'];
  const rows = fields.map((field) => [
    below(code(field.name), ...keysOf(field).map((key) => code(`tracker:${key}`))),
    below(typeOf(field, sections), defaultOf(field.comment)),
    textOf(field.comment),
  ]);
  const parts = [`## ${reflection.name}`, textOf(reflection.comment), table([columns, ...rows])];
  return parts.filter((part) => part !== '').join('\n\n');
}

function table([columns = [], ...rows]: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

/** Lines of a cell. */
function below(...lines: readonly string[]): string {
  return lines.join('<br>');
}

/** A link, where the page has a section on the type or on what it holds. */
function typeOf({ type }: DeclarationReflection, sections: readonly string[]): string {
  const name = type?.toString() ?? '';
  const section = sections.find((one) => new RegExp(`\\b${one}\\b`).test(name));
  return section === undefined ? code(name) : `[${code(name)}](#${section.toLowerCase()})`;
}

/** Code, or words. */
function defaultOf(comment: Comment | undefined): string {
  const content = joined(comment?.getTag('@default')?.content);
  const [, source] = /^```ts\n([\s\S]*)\n```$/.exec(content) ?? [];
  if (source !== undefined) return code(source);
  return onOneLine(content) || 'none';
}

function textOf(comment: Comment | undefined): string {
  return onOneLine(joined(comment?.summary));
}

function joined(parts: Comment['summary'] = []): string {
  return parts.map((part) => part.text).join('');
}

function onOneLine(text: string): string {
  return text.trim().replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text}\``;
}
