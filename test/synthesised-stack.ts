/** Bundles the function and synthesises the stack with its defaults once, for all tests that run them. */
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { synthesise } from '../local/synthesise.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the cloud assembly. */
    assembly: string;
  }
}

export default async function setup({ provide }: TestProject) {
  const { directory } = await synthesise({});
  provide('assembly', directory);
  return () => rmSync(directory, { recursive: true, force: true });
}
