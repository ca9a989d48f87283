/** States of the tracker's alarms. None is composite, so no permission on all alarms is needed (AWS docs, DescribeAlarms). */
import { type CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmRead } from '../examinations/alarms.ts';

/** AWS's limit for a request. */
const NAMES_AT_ONCE = 100;

/** @param names by the headings of docs/runbook.md. */
export async function readAlarms(
  client: CloudWatchClient,
  names: Readonly<Record<string, string>>,
): Promise<AlarmRead[]> {
  const alarms: MetricAlarm[] = [];
  const wanted = Object.values(names);
  for (let i = 0; i < wanted.length; i += NAMES_AT_ONCE) {
    const AlarmNames = wanted.slice(i, i + NAMES_AT_ONCE);
    const { MetricAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames, MaxRecords: NAMES_AT_ONCE }),
    );
    alarms.push(...MetricAlarms);
  }
  return Object.entries(names).map(([heading, name]) => {
    const alarm = alarms.find(({ AlarmName }) => AlarmName === name);
    return {
      ...{ heading, name },
      state: alarm?.StateValue,
      since: alarm?.StateUpdatedTimestamp,
      description: alarm?.AlarmDescription,
    };
  });
}
