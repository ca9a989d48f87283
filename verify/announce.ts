/** What a run says before it makes anything, and the question. */
import { createInterface } from 'node:readline/promises';
import { UsageError } from './options.ts';

export interface Announced {
  readonly runName: string;
  readonly accountId: string;
  readonly callerArn: string;
  readonly region: string;
  readonly secondAccountId?: string | undefined;
}

/** Of both trackers, each with an alarm of its own for its bus; a test counts them in the template. */
const ALARMS = 44;

export function announcement(announced: Announced): string {
  const { runName, accountId, callerArn, region, secondAccountId } = announced;
  return `Account ${accountId}, region ${region}, as ${callerArn}.
This run makes, and deletes again, stacks whose names begin with ${runName}:
  - a function behind a public URL that plays Kore.ai; it answers only to tokens of this run
  - two trackers, a queue, rules and a probe of how Lambda starts Node
  - small stacks of single scenarios: buses, a state machine, a policy that takes a right from a tracker's role
${secondAccountId === undefined ? '' : `  - in account ${secondAccountId}: a queue, and a rule on the bus of the first\n`}It reads nothing but its own resources and, to see that none is left, the names of others. No notification is sent.
It takes about 40 minutes and costs less than $1: some hundred invocations, an hour of ${ALARMS} alarms, two dashboards, a secret and metrics.
What stays: three zip files and three templates in the bucket of the CDK's bootstrap stack, without a secret; metrics (until they expire),
and traces (30 days).`;
}

/** @throws UsageError where there is no terminal to ask on. */
export async function askedOnTerminal(question: string, interrupted: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError('There is no terminal to ask on. Give --yes to go on without being asked.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: interrupted });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
