/** Mutants that no test can kill, or need not: data in survivors.json, each with its reason. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** Survivors that have one reason. */
interface Accepted {
  readonly file: string;
  /** Each as `code → what it becomes`. */
  readonly changes: readonly string[];
  readonly why: string;
}

export interface Verdict {
  /** Survivors that have no reason. */
  readonly unexplained: readonly string[];
  /** Reasons whose mutant is killed by now, or gone. */
  readonly outdated: readonly string[];
}

const ACCEPTED: readonly Accepted[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'survivors.json'), 'utf8'),
);

export function judge(mutants: readonly MutantResult[]): Verdict {
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map((mutant) => `${basename(mutant.fileName)}: ${changeOf(mutant)}`);
  const accepted = ACCEPTED.flatMap(({ file, changes }) => changes.map((change) => `${file}: ${change}`));
  return {
    unexplained: survivors.filter((survivor) => !accepted.includes(survivor)),
    outdated: accepted.filter((change) => !survivors.includes(change)),
  };
}

/** Without its line, which moves. Lines and columns count from 1. */
function changeOf({ fileName, location: { start, end }, replacement = '' }: MutantResult): string {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  return `${onOneLine(lines.join('\n'))} → ${onOneLine(replacement)}`;
}

function onOneLine(code: string): string {
  return code.replace(/\s+/g, ' ').trim();
}
