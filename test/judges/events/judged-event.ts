/** What an event that a rule may hear of is made from, and who hears of it. */

/** As a deployment knows them. */
export interface TrackerFacts {
  readonly stateMachineArn: string;
  /** `source` of its final events. */
  readonly source: string;
}

/** What a rule, or a pattern of the client, is for. */
export type Listener =
  | 'interrupted trackings'
  | 'complete'
  | 'not all reached'
  | 'timed out'
  | 'failed'
  | 'client: all trackers'
  | 'client: one tracker'
  | 'client: not all reached'
  | 'client: status FAILURE'
  | 'client: source acme';

export interface JudgedEvent {
  readonly name: string;
  readonly event: (tracker: TrackerFacts) => object;
  /** Written down, never computed from a pattern. */
  readonly heardBy: readonly Listener[];
}

export function executionArn({ stateMachineArn }: TrackerFacts, name = 'ds-1'): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
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
