/** Writes what a run saw: findings, and one file for each fixture. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../verify.ts';

/** Each run has a folder of its own, or fixtures of an earlier one would lie beside its findings. */
export function folderOf(now: Date, isEmulator: boolean): string {
  const time = now.toISOString().slice(0, 19).replaceAll(':', '');
  return `${isEmulator ? 'dist/' : ''}verify-results/${time}`;
}

/** @param mask is applied to everything. */
export function writeReport(folder: string, report: Report, mask: <T>(value: T) => T): void {
  mkdirSync(folder, { recursive: true });
  const { place, scenarios } = report;
  const findings = scenarios.flatMap((scenario) => scenario.findings);
  const failures = scenarios.flatMap(({ name, error }) => (error === undefined ? [] : [{ name, error }]));
  write(join(folder, 'findings.json'), mask({ place, findings, failures, left: report.left }));
  for (const { name, fixtures } of scenarios) {
    for (const [fixture, value] of Object.entries(fixtures)) {
      write(join(folder, `${name}.${fixture}.json`), mask(value));
    }
  }
}

function write(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2) ?? 'null'}\n`);
}
