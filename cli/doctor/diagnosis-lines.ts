/** A diagnosis as people read it. Commands are on lines of their own, and never broken, so that they can be pasted. */
import { titleLines } from '../display/fact-lines.ts';
import { type Room, widthOf } from '../display/table-layout.ts';
import { paint } from '../display/terminal.ts';
import { printable } from '../text/printable.ts';
import { wrapped } from '../text/wrapped.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { PrintedFinding } from './finding.ts';

export function diagnosisLines({ tracker, findings, ok, skipped }: Diagnosis, room: Room): string[] {
  const isGrave = findings.some(({ severity }) => severity === 'error');
  return [
    ...titleLines(
      room,
      findings.length === 0 ? 'green' : isGrave ? 'red' : 'yellow',
      tracker,
      headline(findings),
    ),
    ...findings.flatMap((finding) => ['', ...findingLines(finding, room)]),
    '',
    ...ok.flatMap(({ examination, remark }) => labelled(room, 'green', 'ok', `${examination}: ${remark}`)),
    ...skipped.flatMap(({ examination, remark }) =>
      labelled(room, 'yellow', 'skipped', `${examination}: ${remark}`),
    ),
  ];
}

function headline(findings: readonly PrintedFinding[]): string {
  const count = (severity: PrintedFinding['severity']) =>
    findings.filter((one) => one.severity === severity).length;
  const parts = (['error', 'warning'] as const)
    .map((severity) => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}${number === 1 ? '' : 's'}`);
  return parts.length === 0 ? 'nothing found' : parts.join(', ');
}

function findingLines({ severity, code, what, advice, commands = [] }: PrintedFinding, room: Room): string[] {
  return [
    ...labelled(room, severity === 'error' ? 'red' : 'yellow', severity, code),
    ...indented(room, what),
    ...indented(room, advice),
    ...commands.map((command) => INDENT + paint(room, 'bold', printable(command))),
  ];
}

const LABEL = 9;
const INDENT = ' '.repeat(LABEL);

function labelled(room: Room, colour: 'green' | 'red' | 'yellow', label: string, text: string): string[] {
  const [first = '', ...others] = indented(room, text);
  return [paint(room, colour, label) + first.slice(label.length), ...others];
}

function indented(room: Room, text: string): string[] {
  return wrapped(printable(text), Math.max(1, widthOf(room) - LABEL)).map((line) => INDENT + line);
}
