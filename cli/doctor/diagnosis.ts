/** What doctor has to say of a tracker: what is wrong, what was looked at and found well, and what could not be looked at. */
import type { Session } from '../session.ts';
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

export function diagnosisOf(
  tracker: string,
  examined: readonly Examined[],
  texts: Pick<Session, 'command' | 'awsCommand'>,
): Diagnosis {
  const findings = examined.flatMap((one) => one.findings).map((finding) => printed(finding, texts));
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

function printed(
  { commands, ...finding }: Finding,
  { command, awsCommand }: Pick<Session, 'command' | 'awsCommand'>,
): PrintedFinding {
  if (commands === undefined) return finding;
  const text = (one: string | readonly string[]) => {
    if (typeof one !== 'string') return command(...one);
    return one.startsWith('aws ') ? awsCommand(one) : one;
  };
  return { ...finding, commands: commands.map(text) };
}
