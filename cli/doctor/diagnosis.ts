/** What doctor has to say of a tracker: what is wrong, what was looked at and found well, and what could not be looked at. */
import type { CommandText } from '../command-text.ts';
import type { Examined } from './examination.ts';
import type { Finding, PrintedFinding } from './finding.ts';

export interface Diagnosis {
  /** Its name. */
  readonly tracker: string;
  /** Errors first. */
  readonly findings: readonly PrintedFinding[];
  readonly ok: readonly Remark[];
  readonly skipped: readonly Remark[];
}

interface Remark {
  readonly examination: string;
  /** What is so, or why it was not looked at. */
  readonly remark: string;
}

export function diagnosisOf(tracker: string, examined: readonly Examined[], command: CommandText): Diagnosis {
  const findings = examined.flatMap((one) => one.findings).map((finding) => printed(finding, command));
  return {
    tracker,
    findings: [
      ...findings.filter(({ severity }) => severity === 'error'),
      ...findings.filter(({ severity }) => severity === 'warning'),
    ],
    ok: examined
      .filter((one) => one.findings.length === 0 && one.skipped === undefined)
      .map(({ name, well }) => ({ examination: name, remark: well })),
    skipped: examined.flatMap(({ name, skipped }) =>
      skipped === undefined ? [] : [{ examination: name, remark: skipped }],
    ),
  };
}

function printed({ commands, ...finding }: Finding, command: CommandText): PrintedFinding {
  if (commands === undefined) return finding;
  return { ...finding, commands: commands.map((one) => (typeof one === 'string' ? one : command(...one))) };
}
