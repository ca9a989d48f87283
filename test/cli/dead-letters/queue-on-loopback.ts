/** A dead-letter queue in memory, a rule, and what was sent to the rule's targets. */
import { createHash } from 'node:crypto';
import type { Fields } from '../aws-on-loopback.ts';
import type { CommandLine } from '../command-line.ts';

export const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/Events/NotAllReached';
export const arnOf = {
  sqs: 'arn:aws:sqs:us-east-1:000000000000:FollowUp',
  lambda: 'arn:aws:lambda:us-east-1:000000000000:function:FollowUp',
  sns: 'arn:aws:sns:us-east-1:000000000000:FollowUp',
  states: 'arn:aws:states:us-east-1:000000000000:stateMachine:FollowUp',
  bus: 'arn:aws:events:us-east-1:000000000000:event-bus/Others',
};
export const EVENT = {
  source: 'notification-delivery-tracker',
  'detail-type': 'Notification Tracking Failed',
  detail: { data: { requestId: 'ds-1' } },
};

export interface QueueOnLoopback {
  /** Targets of the rule; `undefined` where there is no rule. */
  targets: Fields[] | undefined;
  /** What arrived, by the operation that brought it. */
  readonly sent: Fields[];
  /** Message ids that are in the queue. */
  left(): string[];
  /** Message ids that are hidden. */
  hidden(): string[];
  put(message: Fields): void;
}

/** @param changes to the attributes that EventBridge gives a dead letter. */
export function deadLetter(MessageId: string, changes: Fields = {}, body: unknown = EVENT): Fields {
  const attributes = {
    RULE_ARN,
    TARGET_ARN: arnOf.sqs,
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'Access was denied.',
    RETRY_ATTEMPTS: '0',
    ...changes,
  };
  const named = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return {
    ...{ MessageId, Body: JSON.stringify(body), Attributes: { SentTimestamp: '1795662000000' } },
    MessageAttributes: Object.fromEntries(
      named.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  };
}

export function queueOnLoopback({ aws }: CommandLine): QueueOnLoopback {
  const messages = new Map<string, Fields>();
  const hidden = new Set<string>();
  const queue: QueueOnLoopback = {
    targets: Object.values(arnOf).map((Arn) => ({ Id: Arn, Arn })),
    sent: [],
    left: () => [...messages.keys()],
    hidden: () => [...hidden],
    put: (message) => messages.set(message.MessageId, message),
  };
  aws.others.set('ReceiveMessage', ({ MaxNumberOfMessages }) => {
    const Messages = [...messages.values()]
      .filter(({ MessageId }) => !hidden.has(MessageId))
      .slice(0, MaxNumberOfMessages)
      .map(
        (message): Fields => ({
          ...message,
          ReceiptHandle: message.MessageId,
          MD5OfBody: md5(message.Body),
        }),
      );
    for (const { MessageId } of Messages) hidden.add(MessageId);
    return Messages.length === 0 ? {} : { Messages };
  });
  aws.others.set('ChangeMessageVisibility', ({ ReceiptHandle }) => {
    hidden.delete(ReceiptHandle);
    return {};
  });
  aws.others.set('DeleteMessage', ({ ReceiptHandle }) => {
    messages.delete(ReceiptHandle);
    hidden.delete(ReceiptHandle);
    return {};
  });
  aws.others.set('ListTargetsByRule', () =>
    queue.targets === undefined ? { error: 'ResourceNotFoundException' } : { Targets: queue.targets },
  );
  aws.others.set('GetQueueUrl', ({ QueueName }) => ({ QueueUrl: `${aws.origin}/000000000000/${QueueName}` }));
  for (const operation of ['SendMessage', 'Publish', 'Invoke']) {
    aws.others.set(operation, (request) => {
      queue.sent.push({ operation, ...request });
      return operation === 'SendMessage' ? { MD5OfMessageBody: md5(request.MessageBody) } : {};
    });
  }
  return queue;
}

/** The SDK compares it. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
