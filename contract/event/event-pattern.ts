/** What a rule has to match to hear of a tracker's events. Needs no CDK: a template or a script can use it as well. */

import { executionArn } from '../execution-name.ts';
import {
  CAMPAIGN_DETAIL_TYPES,
  DEFAULT_EVENT_SOURCE,
  DETAIL_TYPES,
  NOT_REACHED_DETAIL_TYPE,
  type Outcome,
} from './event-names.ts';

/** Kore's words for a delivery that came to its end. */
export type FinalStatus = 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILURE';
export const FINAL_STATUSES: readonly FinalStatus[] = ['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE'];

/** Which tracker's events. */
export interface EventFilter {
  /**
   * `source` of the events.
   * @default 'notification-delivery-tracker'
   */
  readonly source?: string;
  /**
   * ARN of the state machine whose executions the events are of: only its events, where several trackers share a bus.
   * @default - every tracker with this source
   */
  readonly stateMachineArn?: string;
}

/** Which events that end a campaign. */
export interface CampaignEventFilter extends EventFilter {
  /**
   * How the campaign ended.
   * @default - all outcomes
   */
  readonly outcomes?: readonly Outcome[];
}

/** Which final events of notifications. */
export interface FinalEventFilter extends EventFilter {
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
}

/** An event pattern as EventBridge reads it (`PutRule`, CloudFormation). */
export interface EventPattern {
  readonly source: string[];
  readonly 'detail-type': string[];
  readonly detail?: {
    readonly metadata?: { readonly id: readonly { readonly prefix: string }[] };
    readonly data?: { readonly status: string[] };
  };
}

/** What `finalEventPattern` returns. */
export type FinalEventPattern = EventPattern;

/** The event pattern of a rule on final events. */
export function finalEventPattern(filter: FinalEventFilter = {}): FinalEventPattern {
  const { outcomes, statuses } = filter;
  return filtered(filter, detailTypesOf(DETAIL_TYPES, outcomes), statuses);
}

/** The event pattern of a rule on the ends of campaigns; `stateMachineArn` is that of the campaign state machine. */
export function campaignEventPattern(filter: CampaignEventFilter = {}): EventPattern {
  return filtered(filter, detailTypesOf(CAMPAIGN_DETAIL_TYPES, filter.outcomes));
}

/** The event pattern of a rule on failures that are announced while the delivery goes on. */
export function recipientsNotReachedPattern(filter: EventFilter = {}): EventPattern {
  return filtered(filter, [NOT_REACHED_DETAIL_TYPE]);
}

function filtered(
  { source, stateMachineArn }: EventFilter,
  types: readonly string[],
  statuses?: readonly FinalStatus[],
): EventPattern {
  const idPrefixes = stateMachineArn === undefined ? [] : [executionArn(stateMachineArn, '')];
  return patternFor({ source, detailTypes: types, idPrefixes, statuses });
}

export function detailTypesOf(
  names: Readonly<Record<Outcome, string>>,
  outcomes = Object.keys(names) as readonly Outcome[],
): string[] {
  return outcomes.map((outcome) => names[outcome]);
}

export interface Matched {
  readonly source?: string | undefined;
  readonly detailTypes: readonly string[];
  /** What the ARNs of the executions begin with, of which the events are: any of these. */
  readonly idPrefixes: readonly string[];
  readonly statuses?: readonly FinalStatus[] | undefined;
}

export function patternFor({
  source = DEFAULT_EVENT_SOURCE,
  detailTypes,
  idPrefixes,
  statuses,
}: Matched): EventPattern {
  const detail = {
    ...(idPrefixes.length > 0 && { metadata: { id: idPrefixes.map((prefix) => ({ prefix })) } }),
    ...(statuses !== undefined && { data: { status: [...statuses] } }),
  };
  return {
    source: [source],
    'detail-type': [...detailTypes],
    ...(Object.keys(detail).length > 0 && { detail }),
  };
}
