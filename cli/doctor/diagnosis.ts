/** What doctor has to say of a tracker: what is wrong, what was looked at and found well, and what could not be looked at. */
import type { Examined } from './examination.ts';
import type { Finding } from './finding.ts';

export interface Diagnosis {
  /** Its name. */
  readonly tracker: string;
  /** Errors first. */
  readonly findings: readonly Finding[];
  readonly ok: readonly Remark[];
  readonly skipped: readonly Remark[];
}

interface Remark {
  readonly examination: string;
  /** What is so, or why it was not looked at. */
  readonly remark: string;
}

export function diagnosisOf(tracker: string, examined: readonly Examined[]): Diagnosis {
  const findings = examined.flatMap((one) => one.findings);
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
