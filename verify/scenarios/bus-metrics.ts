import { ListMetricsCommand, type Metric } from '@aws-sdk/client-cloudwatch';
import type { Scenario } from '../scenario.ts';
import { newNotification } from '../world/notification.ts';

const APPEARS_WITHIN_SECONDS = 600;

export const BUS_METRICS: Scenario = {
  name: 'bus-metrics',
  does: "Tracks a notification, and reads which metrics CloudWatch has of the tracker's rule without targets.",
  settles: [
    {
      id: 'probe-rule-is-counted',
      says: 'A rule without targets has MatchedEvents or TriggeredRules, under EventBusName and RuleName',
      agrees: [['MatchedEvents', 'TriggeredRules'], ['MatchedEvents'], ['TriggeredRules']],
    },
  ],
  impossible: ({ place }) => (place.isEmulator ? 'emulator: it has no metrics of EventBridge' : undefined),
  async run({ aws, tracker, trackings, until, witness }) {
    const input = newNotification(2);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    await until('the final event', 60, async () => witness.finalEvents(executionArn).length > 0);
    const EventBusName = tracker.eventBusArn.split('/').at(-1);
    const list = new ListMetricsCommand({
      Namespace: 'AWS/Events',
      Dimensions: [{ Name: 'EventBusName', Value: EventBusName }],
    });
    let metrics: Metric[] = [];
    await until('metrics of the rule', APPEARS_WITHIN_SECONDS, async () => {
      metrics = (await aws.cloudWatch.send(list)).Metrics ?? [];
      return metrics.some(isOfProbe);
    }).catch(() => {});
    const names = metrics.filter(isOfProbe).map(({ MetricName = '' }) => MetricName);
    const known = ['MatchedEvents', 'TriggeredRules'].filter((name) => names.includes(name));
    return { seen: { 'probe-rule-is-counted': known }, fixtures: { metrics } };
  },
};

function isOfProbe({ Dimensions = [] }: Metric): boolean {
  return Dimensions.some(({ Name, Value = '' }) => Name === 'RuleName' && Value.includes('BusProbe'));
}
