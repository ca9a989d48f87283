/** The types of what users import. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { refuseMissingDependencies } from './dependencies.ts';

const PROJECT = join(import.meta.dirname, '..');

/** The builtins of Node.js 20, the oldest that a user may run; our own is newer. */
const BUILTINS = ['es2023', 'es2024.string'];

/**
 * Writes the declarations of `sources` and of what these import, twice: into `esm/` and `cjs/`, since TypeScript tells
 * ES modules and CommonJS apart by the nearest package.json.
 */
export function writeDeclarations(sources: readonly string[], directory: string): void {
  const declarations = declarationsOf(sources);
  for (const name of reachableFrom(sources.map(declarationOf), declarations)) {
    const text = declarations.get(name) ?? '';
    refuseMissingDependencies(name, importsOf(text).filter(isPackage));
    for (const kind of ['esm', 'cjs']) write(join(directory, kind, name), text);
  }
  write(join(directory, 'cjs', 'package.json'), '{ "type": "commonjs" }\n');
}

/** Texts by their paths in the project, of everything that TypeScript reads for `sources`. */
function declarationsOf(sources: readonly string[]): Map<string, string> {
  const program = ts.createProgram(
    sources.map((file) => join(PROJECT, file)),
    compilerOptions(),
  );
  const texts = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (file, text) => {
    texts.set(relative(PROJECT, file), text.replaceAll(/(['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'));
  });
  refuseErrors([...ts.getPreEmitDiagnostics(program), ...diagnostics]);
  return texts;
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), ts.sys.readFile);
  const emitted = {
    lib: BUILTINS,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: '.',
    rootDir: '.',
  };
  const compilerOptions = { ...config.compilerOptions, ...emitted };
  return ts.parseJsonConfigFileContent({ compilerOptions, files: [] }, ts.sys, PROJECT).options;
}

function refuseErrors(errors: readonly ts.Diagnostic[]): void {
  if (errors.length === 0) return;
  const host = { ...ts.createCompilerHost({}), getCurrentDirectory: () => PROJECT };
  throw new Error(ts.formatDiagnostics(errors, host));
}

/** A public type draws in some internal ones; most are of no use to anybody outside. */
function reachableFrom(names: readonly string[], declarations: Map<string, string>): Set<string> {
  const reached = new Set(names);
  // A set is walked in the order of its growth, to its end.
  for (const name of reached) {
    for (const target of importsOf(declarations.get(name) ?? '')) {
      if (!isPackage(target)) reached.add(declarationOf(join(dirname(name), target)));
    }
  }
  return reached;
}

function importsOf(text: string): string[] {
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
}

function isPackage(target: string): boolean {
  return !target.startsWith('.');
}

/** The declarations of `lib/index.ts`, or of `lib/index.js` as importers write it. */
function declarationOf(file: string): string {
  return file.replace(/\.[jt]s$/, '.d.ts');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
