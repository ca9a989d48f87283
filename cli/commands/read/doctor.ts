/** `doctor`: what an expert would look at first, each trouble with what to do about it. */
import { Command } from 'commander';
import { diagnosisLines } from '../../doctor/diagnosis-lines.ts';
import type { PrintedFinding } from '../../doctor/finding.ts';
import { EXIT, type ExitStatus } from '../../exit-status.ts';
import type { Act, Session } from '../../session.ts';
import type { Cell } from '../../text/csv.ts';

/** @param release of this command line. */
export function doctorCommand(act: Act, release: string): Command {
  return new Command('doctor')
    .description('look the tracker over: what is wrong with it, and what to do')
    .action(act((session: Session) => doctor(session, release)));
}

async function doctor(session: Session, release: string): Promise<ExitStatus> {
  const tracker = await session.tracker();
  // Loads clients of AWS that few commands need.
  const { examineTracker } = await import('../../doctor/examine-tracker.ts');
  const diagnosis = await examineTracker(session, tracker, release);
  const { findings } = diagnosis;
  session.printWithItems(diagnosis, findings, COLUMNS, () => diagnosisLines(diagnosis, session.terminal));
  return findings.length === 0 ? EXIT.done : EXIT.troubled;
}

const COLUMNS: Readonly<Record<string, (finding: PrintedFinding) => Cell>> = {
  code: ({ code }) => code,
  severity: ({ severity }) => severity,
  what: ({ what }) => what,
  advice: ({ advice }) => advice,
  commands: ({ commands }) => commands?.join('; '),
};
