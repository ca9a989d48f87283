/** What a rule has to match to hear of final events. Needs no CDK: a template or a script can use it as well. */

import { DEFAULT_EVENT_SOURCE, DETAIL_TYPES, type Outcome } from './event-names.ts';
import { executionArn } from './execution-name.ts';

/** Kore's words for a delivery that came to its end. */
export type FinalStatus = 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILURE';

export interface FinalEventFilter {
  /**
   * How the tracking ended.
   * @default - all outcomes
   */
  readonly outcomes?: readonly Outcome[];
  /**
   * How the delivery ended. Only `Notification Delivery Complete` has these statuses.
   * @default - all statuses
   */
  readonly statuses?: readonly FinalStatus[];
  /**
   * `source` of the events.
   * @default 'notification-delivery-tracker'
   */
  readonly source?: string;
  /**
   * ARN of the tracker's state machine: only its events, where several trackers share a bus.
   * @default - every tracker with this source
   */
  readonly stateMachineArn?: string;
}

/** An event pattern as EventBridge reads it (`PutRule`, CloudFormation). */
export interface FinalEventPattern {
  readonly source: string[];
  readonly 'detail-type': string[];
  readonly detail?: {
    readonly metadata?: { readonly id: [{ readonly prefix: string }] };
    readonly data?: { readonly status: string[] };
  };
}

/** The event pattern of a rule on final events. */
export function finalEventPattern(filter: FinalEventFilter = {}): FinalEventPattern {
  const { stateMachineArn } = filter;
  return patternFor(filter, stateMachineArn === undefined ? undefined : executionArn(stateMachineArn, ''));
}

/** @param idPrefix what the ARNs of the executions begin with, of which the events are. */
export function patternFor(filter: FinalEventFilter, idPrefix: string | undefined): FinalEventPattern {
  const {
    outcomes = Object.keys(DETAIL_TYPES) as Outcome[],
    statuses,
    source = DEFAULT_EVENT_SOURCE,
  } = filter;
  const detail = {
    ...(idPrefix !== undefined && { metadata: { id: [{ prefix: idPrefix }] as [{ prefix: string }] } }),
    ...(statuses !== undefined && { data: { status: [...statuses] } }),
  };
  return {
    source: [source],
    'detail-type': outcomes.map((outcome) => DETAIL_TYPES[outcome]),
    ...(Object.keys(detail).length > 0 && { detail }),
  };
}
