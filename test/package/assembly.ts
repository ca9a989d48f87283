/** The cloud assembly that an app wrote, and what was packed for it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from './installation.ts';
import { run } from './program.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** Resources of that type in the app's one stack. */
export function resources(folder: Folder, type: string): Resource[] {
  const { Resources } = read(folder, 'Campaigns.template.json') as {
    readonly Resources: Readonly<Record<string, Resource>>;
  };
  return Object.values(Resources).filter(({ Type }) => Type === type);
}

/** SHA-256 of the code of each function in the stack. */
export function deployedFunctions(folder: Folder): string[] {
  const { files } = read(folder, 'Campaigns.assets.json') as {
    readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
  };
  return resources(folder, 'AWS::Lambda::Function').map(({ Properties }) => {
    const { S3Key } = Properties.Code as { readonly S3Key: string };
    const asset = files[S3Key.replace('.zip', '')]?.source.path ?? S3Key;
    return sha256(readFileSync(join(folder.directory, 'cdk.out', asset, 'index.mjs'), 'utf8'));
  });
}

/** SHA-256 of each function in the tarball. */
export async function packedFunctions(tarball: string, signal: AbortSignal): Promise<string[]> {
  const names = ['check-delivery', 'check-campaign'];
  return Promise.all(
    names.map(async (name) => {
      const args = ['-xzOf', tarball, `package/dist/${name}/index.mjs`];
      return sha256(await run('tar', args, { cwd: '.', signal }));
    }),
  );
}

function read({ directory }: Folder, file: string): unknown {
  return JSON.parse(readFileSync(join(directory, 'cdk.out', file), 'utf8'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
