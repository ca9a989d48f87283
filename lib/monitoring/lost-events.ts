/** Whether final events go out and do not arrive. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { BusProbe } from '../events/bus-probe.ts';

/** An event and the end of its execution, which are a moment apart, seldom fall into two of these. */
const PERIOD = Duration.minutes(15);

/**
 * 1 in a period in which executions succeeded, of which each has put an event, and none was seen on the bus; else 0, or nothing if
 * none succeeded. Failed executions are left out: some of them put no event.
 *
 * AWS docs name MatchedEvents for events that match, and TriggeredRules for a rule that matched. Neither page speaks of a rule without
 * targets, so either will do. Both are missing where there was nothing.
 */
export function lostEvents(stateMachine: IStateMachine, probe: BusProbe): MathExpression {
  const sum = { statistic: Stats.SUM };
  return new MathExpression({
    expression: 'IF(put > 0 AND FILL(matched, 0) + FILL(triggered, 0) == 0, 1, 0)',
    usingMetrics: {
      put: stateMachine.metricSucceeded(sum),
      matched: probe.metricMatchedEvents(sum),
      triggered: probe.metricTriggeredRules(sum),
    },
    period: PERIOD,
  });
}
