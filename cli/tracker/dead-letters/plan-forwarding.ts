/** Where each dead letter would be forwarded to. */
import { ListTargetsByRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import type { AwsClients } from '../aws-clients.ts';
import type { StateMachine } from '../executions/attempts.ts';
import type { DeadLetter } from './dead-letter.ts';
import { type Destination, destinationOf, ruleNamed, type Undeliverable } from './destination.ts';

export interface Planned {
  readonly letter: DeadLetter;
  readonly to: Destination | Undeliverable;
}

export async function planForwarding(
  { aws, stateMachine }: { readonly aws: AwsClients; readonly stateMachine: StateMachine },
  letters: readonly DeadLetter[],
): Promise<Planned[]> {
  const [, , , , account = ''] = stateMachine.arn.split(':');
  const rules = new Map<string, readonly Target[] | undefined>();
  const planned: Planned[] = [];
  for (const letter of letters) {
    const { ruleArn = '' } = letter;
    if (!rules.has(ruleArn)) rules.set(ruleArn, await targetsOf(aws, ruleArn, account));
    planned.push({ letter, to: destinationOf(letter, rules.get(ruleArn)) });
  }
  return planned;
}

/** @returns `undefined` where there is no such rule. */
async function targetsOf(
  { eventBridge }: Pick<AwsClients, 'eventBridge'>,
  ruleArn: string,
  account: string,
): Promise<readonly Target[] | undefined> {
  const rule = ruleNamed(ruleArn, account);
  if (rule === undefined) return undefined;
  try {
    return (await (await eventBridge()).send(new ListTargetsByRuleCommand(rule))).Targets ?? [];
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
