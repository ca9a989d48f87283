/** Installs moto. */
import type { TestProject } from 'vitest/node';
import { installPythonPrograms, pythonProgram } from '../../e2e/python.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Python that has moto. */
    python: string;
  }
}

export default async function setup({ provide }: TestProject) {
  await installPythonPrograms();
  provide('python', pythonProgram('python'));
}
