/** An event that a rule's target did not take, as EventBridge leaves it in a dead-letter queue. */
import type { Message } from '@aws-sdk/client-sqs';

export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** When EventBridge put it there; ISO 8601 in UTC. */
  readonly since: string;
  // EventBridge's own attributes (AWS docs, Using dead-letter queues to process undelivered events); others' messages lack them.
  readonly ruleArn?: string | undefined;
  readonly targetArn?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly retries?: string | undefined;
  /** `detail-type` of the event. */
  readonly event?: string | undefined;
  /** The notification or the campaign that it is about. */
  readonly about?: string | undefined;
}

export function deadLetterOf(message: Message): DeadLetter {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes, MessageAttributes = {} } = message;
  const said = (name: string) => MessageAttributes[name]?.StringValue;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    since: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
    ruleArn: said('RULE_ARN'),
    targetArn: said('TARGET_ARN'),
    errorCode: said('ERROR_CODE'),
    errorMessage: said('ERROR_MESSAGE'),
    retries: said('RETRY_ATTEMPTS'),
    ...eventIn(Body),
  };
}

/** Events of the tracker name what they are about; those of Step Functions the execution, which is named by it. */
function eventIn(body: string): Pick<DeadLetter, 'event' | 'about'> {
  const whole = parsed(body);
  const detail = Object(isEvent(whole) ? whole.detail : whole);
  const data = Object(detail.data);
  const about: unknown = data.requestId ?? data.campaignId ?? detail.name;
  return {
    event: isEvent(whole) ? String(whole['detail-type']) : undefined,
    about: typeof about === 'string' ? about : undefined,
  };
}

/** Whether it is an event as a bus has it, and not what a rule made of one. */
export function isEvent(
  value: unknown,
): value is { readonly 'detail-type': unknown; readonly detail: unknown } {
  return typeof value === 'object' && value !== null && 'detail-type' in value && 'detail' in value;
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
