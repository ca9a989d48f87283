/** Moto's evaluator of identity policies, in the Python environment of the end-to-end run. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonProgram } from '../../e2e/python.ts';
import type { Statement } from './policies.ts';

const PROGRAM = join(import.meta.dirname, 'moto_identities.py');

export interface IdentityCase {
  readonly statements: readonly Statement[];
  readonly action: string;
  readonly resource: string;
}

/**
 * Whether moto allows each case.
 *
 * @throws Error for a condition, which moto does not understand.
 */
export function allowedByMoto(cases: readonly IdentityCase[]): boolean[] {
  if (cases.some(({ statements }) => statements.some(({ Condition }) => Condition !== undefined))) {
    throw new Error('moto does not understand conditions of identity policies');
  }
  const answers = execFileSync(pythonProgram('python'), [PROGRAM], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(answers);
}
