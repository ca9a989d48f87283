/** What an event that a rule may hear of is made from, and who hears of it. */

/** As a deployment knows them. */
export interface TrackerFacts {
  /** Tracks notifications. */
  readonly stateMachineArn: string;
  /** Tracks campaigns. */
  readonly campaignStateMachineArn: string;
  /** `source` of its events. */
  readonly source: string;
}

/** What a rule, or a pattern of the client, is for. */
export type Listener =
  | 'interrupted trackings'
  | 'every event of the tracker'
  | 'complete'
  | 'not all reached'
  | 'timed out'
  | 'failed'
  | 'recipients not reached'
  | 'campaign complete'
  | 'campaign timed out'
  | 'campaign failed'
  | 'client: all trackers'
  | 'client: one tracker'
  | 'client: not all reached'
  | 'client: status FAILURE'
  | 'client: source acme'
  | 'client: recipients not reached, all trackers'
  | 'client: recipients not reached, one tracker'
  | 'client: recipients not reached, source acme'
  | 'client: campaigns, all trackers'
  | 'client: campaigns, one tracker'
  | 'client: campaigns, not complete'
  | 'client: campaigns, source acme';

export interface JudgedEvent {
  readonly name: string;
  readonly event: (tracker: TrackerFacts) => object;
  /** Written down, never computed from a pattern. */
  readonly heardBy: readonly Listener[];
}

export function executionArn({ stateMachineArn }: TrackerFacts, name = 'ds-1'): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

export function campaignArn({ campaignStateMachineArn }: TrackerFacts, name = 'spring'): string {
  return `${campaignStateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Of trackers that are not this one: their state machines of notifications and of campaigns. */
export const OTHERS: readonly [name: string, other: (tracker: TrackerFacts) => TrackerFacts][] = [
  ['of another tracker on the bus', (tracker) => changed(tracker, /[^:]+$/, 'other')],
  ["of another tracker, whose name begins with this one's", (tracker) => changed(tracker, /$/, 'Two')],
  [
    'of a tracker of the same name in another region',
    (tracker) => changed(tracker, /^(arn:aws:states:)[^:]+/, '$1ap-southeast-2'),
  ],
];

function changed(tracker: TrackerFacts, part: RegExp, other: string): TrackerFacts {
  return {
    ...tracker,
    stateMachineArn: tracker.stateMachineArn.replace(part, other),
    campaignStateMachineArn: tracker.campaignStateMachineArn.replace(part, other),
  };
}

/** EventBridge's own fields around a detail (AWS docs, EventBridge event structure). */
export function enveloped(source: string, detailType: string, resources: string[], detail: unknown): object {
  return {
    version: '0',
    id: '315c1398-40ff-a850-213b-158f73e60175',
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: '2026-11-25T20:14:15Z',
    region: 'us-east-1',
    resources,
    detail,
  };
}
