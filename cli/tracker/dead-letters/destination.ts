/** Where a dead letter was to go, and as what: to the target that EventBridge names, as its rule has it. */
import type { Target } from '@aws-sdk/client-eventbridge';
import { type DeadLetter, isEvent, parsed } from './dead-letter.ts';

export interface Destination {
  readonly arn: string;
  readonly service: Service;
  /** What the target gets; JSON, unless the rule makes something else of events. */
  readonly input: string;
  /** Of a FIFO queue. */
  readonly groupId?: string | undefined;
}

const SERVICES = ['sqs', 'lambda', 'sns', 'states'] as const;
type Service = (typeof SERVICES)[number];

/** Why a dead letter cannot be forwarded; docs/command-line.md lists them. */
export type Undeliverable =
  | 'NOT_OF_A_RULE'
  | 'RULE_GONE'
  | 'TARGET_GONE'
  | 'INPUT_TRANSFORMED'
  | 'TARGET_NOT_SUPPORTED';

/**
 * Rule and bus as ListTargetsByRule takes them.
 *
 * @param account of the tracker: a bus of another is named by its ARN.
 */
export function ruleNamed(
  ruleArn: string,
  account: string,
): { readonly Rule: string; readonly EventBusName: string } | undefined {
  const [, prefix, owner, bus = 'default', name] =
    /^(arn:[^:]+:events:[^:]*:([^:]*)):rule\/(?:(.+)\/)?([^/]+)$/.exec(ruleArn) ?? [];
  if (name === undefined) return undefined;
  return { Rule: name, EventBusName: owner === account ? bus : `${prefix}:event-bus/${bus}` };
}

/** @param targets of the rule; `undefined` where there is no such rule any more. */
export function destinationOf(
  { targetArn, body }: DeadLetter,
  targets: readonly Target[] | undefined,
): Destination | Undeliverable {
  if (targetArn === undefined) return 'NOT_OF_A_RULE';
  const service = SERVICES.find((one) => targetArn.split(':')[2] === one);
  if (service === undefined) return 'TARGET_NOT_SUPPORTED';
  if (targets === undefined) return 'RULE_GONE';
  const [target, ...others] = targets.filter(({ Arn }) => Arn === targetArn);
  if (target === undefined) return 'TARGET_GONE';
  const input = inputFor(target, body);
  // A dead letter does not say which of two targets with one ARN it is of.
  if (input === undefined || others.length > 0) return 'INPUT_TRANSFORMED';
  return { arn: targetArn, service, input, groupId: target.SqsParameters?.MessageGroupId };
}

/**
 * What the rule gives the target for the event. AWS does not say whether a dead letter holds the event or what the rule made of it, so that
 * a body that is no event is taken for the latter. A template of an input transformer is not filled in here.
 */
function inputFor({ Input, InputPath, InputTransformer }: Target, body: string): string | undefined {
  const event = parsed(body);
  if (!isEvent(event)) return body;
  if (InputTransformer !== undefined) return undefined;
  if (Input !== undefined) return Input;
  if (InputPath === undefined || InputPath === '$') return body;
  if (!/^\$(\.[\w-]+)+$/.test(InputPath)) return undefined;
  const part = InputPath.split('.')
    .slice(1)
    .reduce<unknown>((value, name) => Object(value)[name], event);
  return part === undefined ? undefined : JSON.stringify(part);
}
