/** Which alarms ring. */
import { timestamp } from '../../text/timestamp.ts';
import type { Examination } from '../examination.ts';
import type { Finding } from '../finding.ts';

export interface AlarmRead {
  /** Its heading in the runbook. */
  readonly heading: string;
  readonly name: string;
  /** `undefined` where CloudWatch has no such alarm. */
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | undefined;
  readonly since?: Date | undefined;
  /** What it means and what to do, as it was deployed. */
  readonly description?: string | undefined;
}

export const ALARMS: Examination<readonly AlarmRead[]> = {
  name: 'alarms',
  well: 'none rings',
  findingsIn: (alarms) => alarms.flatMap(findingsOn),
};

function findingsOn({ heading, name, state, since, description }: AlarmRead): Finding[] {
  if (state === undefined) {
    return [
      {
        code: 'ALARM_MISSING',
        severity: 'warning',
        what: `CloudWatch has no alarm ${name} ("${heading}"), which the stack names.`,
        advice: 'Somebody deleted it. Deploy the tracker without it (monitoring.alarms), then with it again.',
      },
    ];
  }
  if (state !== 'ALARM') return [];
  const began = since === undefined ? '' : ` since ${timestamp(since)}`;
  return [
    {
      code: 'ALARM',
      severity: 'error',
      what: `The alarm "${heading}" rings${began}.`,
      advice: description ?? `The runbook has what it means and what to do, under "${heading}".`,
    },
  ];
}
