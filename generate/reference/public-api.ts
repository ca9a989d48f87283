/** What users can import, with the docstrings of it, as TypeDoc reads them. */
import { join } from 'node:path';
import {
  Application,
  type Comment,
  type Context,
  Converter,
  type DeclarationReflection,
  type ProjectReflection,
  ReflectionKind,
  type SomeType,
} from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import ts from 'typescript';

const PROJECT = join(import.meta.dirname, '..', '..');
const ENTRY_POINTS = ['lib/index.ts', 'client/index.ts'];

export interface PublicApi {
  readonly project: ProjectReflection;
  /** Writes it as Markdown; whatever else is in `directory` goes. */
  writeMarkdown(directory: string): Promise<void>;
}

export async function readPublicApi(): Promise<PublicApi> {
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: ENTRY_POINTS.map((file) => join(PROJECT, file)),
    tsconfig: join(PROJECT, 'package', 'tsconfig.json'),
    // As the docstrings have it: what matters most comes first.
    sort: ['source-order'],
    excludeExternals: true,
    excludePrivate: true,
    excludeProtected: true,
    readme: 'none',
    disableGit: true,
    disableSources: true,
    logLevel: 'Warn',
    ...MARKDOWN,
  });
  tidy(app.converter);
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc read nothing');
  return {
    project,
    async writeMarkdown(directory) {
      app.options.setValue('outputs', [{ name: 'markdown', path: directory }]);
      await app.generateOutputs(project);
      if (app.logger.hasErrors()) throw new Error('TypeDoc wrote no Markdown');
    },
  };
}

/** A page for each entry point, members in tables. */
const MARKDOWN: PluginOptions & { router: string } = {
  router: 'module',
  entryFileName: 'README',
  hideBreadcrumbs: true,
  hideGroupHeadings: true,
  hidePageHeader: true,
  useCodeBlocks: true,
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  parametersFormat: 'table',
  propertyMembersFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  tableColumnSettings: { hideDefaults: true, hideInherited: true, hideModifiers: true, hideOverrides: true },
};

/** What TypeDoc says of how the code is made, and no user needs. */
function tidy(converter: Converter): void {
  const schemaTypes = new Map<DeclarationReflection, SomeType>();
  converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const type = schemaTypeOf(context, reflection);
    if (type !== undefined) schemaTypes.set(reflection, type);
  });
  converter.on(Converter.EVENT_CREATE_PARAMETER, (_, parameter) => {
    if (parameter.name === '__namedParameters') parameter.name = 'props';
  });
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const [reflection, type] of schemaTypes) reflection.type = type;
    for (const reflection of declarations(project, ReflectionKind.All)) {
      // The schemas of fields; one with a default would be shown as optional.
      if (reflection.parent?.kindOf(ReflectionKind.TypeLiteral)) reflection.defaultValue = undefined;
      tellDefaultInWords(reflection.comment);
    }
  });
  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const inherited = declarations(project, ReflectionKind.Constructor);
    for (const one of inherited.filter((one) => one.inheritedFrom?.name === 'Error.constructor')) {
      project.removeReflection(one);
    }
  });
}

/** The fields behind `z.infer<typeof …>`. */
function schemaTypeOf(context: Context, reflection: DeclarationReflection): SomeType | undefined {
  const symbol = context.getSymbolFromReflection(reflection);
  const declaration = symbol?.declarations?.find(ts.isTypeAliasDeclaration);
  if (symbol === undefined || !declaration?.type.getText().startsWith('z.infer<')) return undefined;
  const type = context.checker.getDeclaredTypeOfSymbol(symbol);
  return context.converter.convertType(context.withScope(reflection), type);
}

/** After a dash, as CDK libraries write it; TypeDoc takes such words for code. */
function tellDefaultInWords(comment: Comment | undefined): void {
  const content = comment?.getTag('@default')?.content;
  const [start] = content ?? [];
  const words = start && /^(?:```ts\n)?- ([\s\S]*?)(?:\n```)?$/.exec(start.text)?.[1];
  if (words !== undefined) content?.splice(0, 1, { kind: 'text', text: words });
}

function declarations(project: ProjectReflection, kind: ReflectionKind): DeclarationReflection[] {
  return project
    .getReflectionsByKind(kind)
    .filter((one): one is DeclarationReflection => one.isDeclaration());
}
