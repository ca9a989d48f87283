/** Here every package can be imported; at a user's only those that come with ours. */
import { isBuiltin } from 'node:module';
import project from '../package.json' with { type: 'json' };

const INSTALLED = Object.keys({ ...project.dependencies, ...project.peerDependencies });

/** @throws where `file`, which is to be packed, imports a package that a user will not have. */
export function refuseMissingDependencies(file: string, imports: readonly string[]): void {
  const missing = imports.find(
    (name) => !isBuiltin(name) && !INSTALLED.some((one) => name === one || name.startsWith(`${one}/`)),
  );
  if (missing === undefined) return;
  throw new Error(`${file} imports ${missing}, which is not in the dependencies of package.json.`);
}
