/** The table that a run ends with. */
import type { Report } from '../verify.ts';
import type { Finding } from './verdict.ts';

/** @param mask is applied to what was seen. */
export function reportLines({ place, scenarios, left }: Report, mask: <T>(value: T) => T): string[] {
  const findings = scenarios.flatMap((scenario) => scenario.findings);
  const count = (verdict: Finding['verdict']) => findings.filter((one) => one.verdict === verdict).length;
  return [
    '',
    ...scenarios.flatMap(({ name, seconds, error, findings: own }) => [
      `${name} (${seconds} s)${error === undefined ? '' : `: FAILED: ${error}`}`,
      ...own.map((finding) => findingLine(mask(finding))),
    ]),
    '',
    `${count('as assumed')} as assumed, ${count('differs')} differ, ${count('not shown')} not shown`,
    ...(place.isEmulator ? ['In an emulator: what AWS does is not settled by any of this.'] : []),
    left.length === 0
      ? 'Nothing is left behind.'
      : `LEFT BEHIND:\n${left.map((one) => `  ${one}`).join('\n')}`,
  ];
}

function findingLine({ verdict, id, says, seen, why }: Finding): string {
  const what = verdict === 'not shown' ? why : verdict === 'differs' ? `saw ${JSON.stringify(seen)}` : says;
  return `  ${verdict.padEnd(10)}  ${id.padEnd(30)}  ${what}`;
}
