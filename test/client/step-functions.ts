/** Step Functions in memory, for starts; the end-to-end run starts real executions. */
import type { SFNClient } from '@aws-sdk/client-sfn';

interface Command {
  readonly input: unknown;
}

/** Step Functions with these answers, and what it was sent. */
export function stepFunctions(start: () => unknown, describe: () => unknown = failing('UnexpectedRequest')) {
  const sent: unknown[] = [];
  const client = {
    async send(command: Command) {
      sent.push(command.input);
      return command.constructor.name === 'DescribeExecutionCommand' ? describe() : start();
    },
  } as unknown as SFNClient;
  return { client, sent };
}

export function failing(name: string): () => never {
  return () => {
    throw Object.assign(new Error(name), { name });
  };
}
