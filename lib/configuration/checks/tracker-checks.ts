/** The checks of what rules and metrics of a tracker are told. */
import { FINAL_STATUSES } from '../../../contract/event/event-pattern.ts';
import { METRICS, type MetricName } from '../../../contract/metrics.ts';
import type { OnDeliveryCompleteOptions } from '../../delivery-tracker-interface.ts';
import type { OnFinalEventOptions } from '../../events/tracker-rules.ts';
import { listOf, text, word } from './check.ts';
import { scope, target } from './of-cdk.ts';
import { type Shape, shape } from './shape.ts';

const ON_FINAL_EVENT: Shape<OnFinalEventOptions> = { targets: listOf(target), description: text, scope };

export const onFinalEventOptions = shape(ON_FINAL_EVENT);
export const onDeliveryCompleteOptions = shape<OnDeliveryCompleteOptions>({
  ...ON_FINAL_EVENT,
  statuses: listOf(word(FINAL_STATUSES)),
});

export const metricName = word(Object.keys(METRICS) as MetricName[]);
