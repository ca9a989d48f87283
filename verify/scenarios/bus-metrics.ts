import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { lostEventsTold } from '../world/lost-events-alarm.ts';
import { type Span, sumsOf } from '../world/metrics.ts';
import { newNotification } from '../world/notification.ts';
import type { World } from '../world/world.ts';

const COUNTED_WITHIN_SECONDS = 480;
/** After a rule with a target was counted. */
const ALSO_COUNTED_WITHIN_SECONDS = 180;
const QUARTER_MS = 15 * 60_000;
/** A tracking and the metrics of its end lie in one period of the alarm. */
const TRACKING_SECONDS = 60;

export const BUS_METRICS: Scenario = {
  name: 'bus-metrics',
  does: "Tracks a notification, and reads what CloudWatch and the alarm's expression have of the tracker's rule without targets.",
  settles: [
    {
      id: 'probe-rule-is-counted',
      says: 'A rule without targets has MatchedEvents or TriggeredRules, under EventBusName and RuleName',
      agrees: [['MatchedEvents', 'TriggeredRules'], ['MatchedEvents'], ['TriggeredRules']],
    },
    {
      id: 'lost-events-alarm-tells',
      says: 'The expression of the alarm Events lost is 0 where an event was counted, and 1 for a rule that never was',
      agrees: [{ counted: 0, neverCounted: 1 }],
    },
  ],
  impossible: ({ place }) => (place.isEmulator ? 'emulator: it has no metrics of EventBridge' : undefined),
  async run(world) {
    const { tracker, trackings, until, witness, ruleArns, pause } = world;
    const untilQuarter = (QUARTER_MS - (Date.now() % QUARTER_MS)) / 1000;
    if (untilQuarter < TRACKING_SECONDS) await pause(untilQuarter + 1);
    const period = quarterOf(Date.now());
    const input = newNotification(2);
    const executionArn = await trackings.start(tracker, input.requestId, input);
    await until('the final event', 60, async () => witness.finalEvents(executionArn).length > 0);

    const counted = (ruleArn: string, seconds: number) =>
      until('metrics of the rule', seconds, async () => {
        const names = await namesCounted(world, ruleArn, { from: period.from, to: new Date() });
        return names.length > 0 && names;
      }).catch((): string[] => []);
    // A rule with a target is counted: where that one is and the other is not, it is not for want of time.
    const [early, ofWitness] = await Promise.all([
      counted(ruleArns.probe, COUNTED_WITHIN_SECONDS),
      counted(ruleArns.witness, COUNTED_WITHIN_SECONDS),
    ]);
    const late = early.length === 0 && ofWitness.length > 0;
    const ofProbe = late ? await counted(ruleArns.probe, ALSO_COUNTED_WITHIN_SECONDS) : early;
    const isSlow = ofProbe.length === 0 && ofWitness.length === 0;
    const alarm: Seen | NotShown =
      ofProbe.length === 0 ? new NotShown('no event was counted') : await lostEventsTold(world, period);
    return {
      seen: {
        'probe-rule-is-counted': isSlow
          ? new NotShown('CloudWatch had metrics of no rule in time, also of none with a target')
          : ofProbe,
        'lost-events-alarm-tells': alarm,
      },
      fixtures: { counted: { ofProbe, ofWitness } },
    };
  },
};

async function namesCounted({ aws }: World, ruleArn: string, span: Span): Promise<string[]> {
  const [, EventBusName, RuleName] = ruleArn.split('/');
  const Dimensions = [
    { Name: 'EventBusName', Value: EventBusName },
    { Name: 'RuleName', Value: RuleName },
  ];
  const metrics = ['MatchedEvents', 'TriggeredRules'].map((MetricName) => ({
    Namespace: 'AWS/Events',
    MetricName,
    Dimensions,
  }));
  const sums = await sumsOf(aws.cloudWatch, metrics, span);
  return Object.keys(sums).filter((name) => (sums[name] ?? 0) > 0);
}

function quarterOf(now: number): Span {
  const from = now - (now % QUARTER_MS);
  return { from: new Date(from), to: new Date(from + QUARTER_MS) };
}
