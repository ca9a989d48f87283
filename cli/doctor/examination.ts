/** Looking at one part of a tracker: what was read of it is handed in, and findings come out. */
import { asCommandError } from '../tracker/as-command-error.ts';
import type { Finding } from './finding.ts';

export interface Examination<T> {
  readonly name: string;
  /** What is so where it finds nothing. */
  readonly well: string;
  findingsIn(read: T): readonly Finding[];
}

export interface Examined extends Pick<Examination<never>, 'name' | 'well'> {
  readonly findings: readonly Finding[];
  /** Why it was not made. */
  readonly skipped?: string;
}

/**
 * Makes all examinations of what one read brings. A read that fails is a finding, so that the others go on.
 *
 * @param read or why there is nothing to read.
 */
export async function examined<T>(
  read: Promise<T> | string,
  ...examinations: readonly Examination<T>[]
): Promise<Examined[]> {
  if (typeof read === 'string') {
    return examinations.map((one) => ({ ...of(one), findings: [], skipped: read }));
  }
  try {
    const found = await read;
    return examinations.map((one) => ({ ...of(one), findings: one.findingsIn(found) }));
  } catch (error) {
    const name = examinations.map((one) => one.name).join(', ');
    return [{ name, well: '', findings: [notExamined(name, error)] }];
  }
}

function of<T>({ name, well }: Examination<T>) {
  return { name, well };
}

function notExamined(name: string, error: unknown): Finding {
  const { code, message } = asCommandError(error);
  return {
    code: 'NOT_EXAMINED',
    severity: 'warning',
    what: `Not examined: ${name}. ${message}`,
    advice:
      code === 'NOT_PERMITTED'
        ? 'Run doctor with credentials that may do this, or go on without.'
        : 'Run doctor again; if it comes again, look at that part yourself.',
  };
}
