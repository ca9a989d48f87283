/** Installs moto. */
import type { TestProject } from 'vitest/node';
import { pythonProgram } from '../../e2e/python.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Python that has moto. */
    python: string;
  }
}

export default function setup({ provide }: TestProject) {
  provide('python', pythonProgram('python'));
}
