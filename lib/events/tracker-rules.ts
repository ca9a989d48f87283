/** The rules of a tracker's users. */
import { Stack } from 'aws-cdk-lib';
import type { IEventBus, IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { type Matched, patternFor } from '../../contract/event/event-pattern.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { FinalEventRule } from './final-event-rule.ts';
import { asRulePattern } from './tracker-events.ts';

/** What a rule on a tracker's events does. */
export interface OnFinalEventOptions {
  /**
   * Where the events go. Each target is retried for a day, then the event is kept in the dead-letter queue. For a function this ends
   * when Lambda has accepted the event: if the function then fails three times, Lambda discards the event (AWS docs, How Lambda
   * handles errors and retries with asynchronous invocation). Put a queue before the function, or give it an `onFailure` destination.
   */
  readonly targets?: readonly IRuleTarget[];
  /**
   * Description of the rule.
   * @default - a sentence that names the event
   */
  readonly description?: string;
  /**
   * Where the rule is made. Give your own stack where the targets are in another stack than the tracker: the rule then
   * lives there, with a dead-letter queue beside it.
   * @default - the tracker
   */
  readonly scope?: Construct;
}

/** The bus that rules are made on. */
export interface RuledBus {
  readonly eventBus: IEventBus;
  readonly eventSource: string;
  /** @default - one beside each rule */
  readonly deadLetterQueue?: DeadLetterQueue;
}

/** @param tracker where the rule is made, unless the options say where. */
export function trackerRule(
  tracker: Construct,
  id: string,
  { eventBus, eventSource, deadLetterQueue }: RuledBus,
  matched: Omit<Matched, 'source'>,
  options: OnFinalEventOptions,
): Rule {
  const { scope = rulesOf(tracker), targets = [] } = options;
  const { description = `Events "${matched.detailTypes.join()}"` } = options;
  const isElsewhere = Stack.of(scope) !== Stack.of(tracker);
  return new FinalEventRule(scope, id, {
    eventBus,
    eventPattern: asRulePattern(patternFor({ ...matched, source: eventSource })),
    targets,
    description,
    // It has to be in the rule's region, and belongs to the rule's owner.
    deadLetterQueue:
      deadLetterQueue === undefined || isElsewhere
        ? new DeadLetterQueue(scope, `${id}DeadLetters`, { eventBus })
        : deadLetterQueue,
  });
}

/** A scope of their own, so that users' ids never meet the tracker's. */
function rulesOf(tracker: Construct): Construct {
  return (tracker.node.tryFindChild('Rules') as Construct | undefined) ?? new Construct(tracker, 'Rules');
}
