/** Keeps the events that rules of the run put into its queue. */
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** As EventBridge delivers it. */
export interface WitnessedEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly resources: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: a scenario reads any field.
  readonly detail: Record<string, any>;
}

export interface Witness {
  /** Final events of an execution so far. */
  finalEvents(executionArn: string): readonly WitnessedEvent[];
  /** Step Functions' own events about an execution so far. */
  statusChanges(executionArn: string): readonly WitnessedEvent[];
  close(): Promise<void>;
}

const AFTER_TROUBLE_MS = 2_000;

export function witnessOf(queueUrl: string, sqs: SQSClient): Witness {
  const events: WitnessedEvent[] = [];
  const closing = new AbortController();

  async function receive(): Promise<void> {
    const receiving = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
    });
    const { Messages = [] } = await sqs.send(receiving, { abortSignal: closing.signal });
    if (Messages.length === 0) return;
    events.push(...Messages.map(({ Body = '{}' }) => JSON.parse(Body)));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  const listening = (async () => {
    while (!closing.signal.aborted) {
      await receive().catch(() => new Promise((resolve) => setTimeout(resolve, AFTER_TROUBLE_MS)));
    }
  })();

  return {
    finalEvents: (executionArn) => events.filter(({ detail }) => detail.metadata?.id === executionArn),
    statusChanges: (executionArn) => events.filter(({ detail }) => detail.executionArn === executionArn),
    async close() {
      closing.abort();
      await listening;
    },
  };
}
