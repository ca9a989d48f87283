/** The command line in this process, with a tracker whose parts are on loopback. */
import { Writable } from 'node:stream';
import { inject, vi } from 'vitest';
import { runCommandLine } from '../../cli/main.ts';
import { connect } from '../../cli/tracker/aws-clients.ts';
import type { TrackerDescription } from '../../contract/tracker-description.ts';
import { readDeployment } from '../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../local/aws/table-server.ts';
import { type AwsOnLoopback, awsOnLoopback } from './aws-on-loopback.ts';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any field of a document.
  readonly document: any;
  /** Code of the error on standard error. */
  readonly code: string | undefined;
}

export interface Surroundings {
  readonly onTerminal?: boolean;
  /** Of the terminal. */
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly answer?: boolean;
  readonly onQuestion?: (question: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: number;
  readonly interrupted?: AbortSignal;
  /** Standard input. */
  readonly input?: string;
  /** Hears of each wait, which then is over. */
  readonly onSleep?: () => void;
}

export interface CommandLine {
  readonly aws: AwsOnLoopback;
  readonly tables: TableServer;
  readonly tracker: TrackerDescription;
  run(...argv: string[]): Promise<Ran>;
  runIn(surroundings: Surroundings, ...argv: string[]): Promise<Ran>;
  close(): Promise<void>;
}

export async function commandLine(): Promise<CommandLine> {
  const { table, budgetTable } = readDeployment(inject('assembly'), 'DeliveryTracker');
  const [aws, tables] = await Promise.all([awsOnLoopback(), tableServer(table, budgetTable)]);
  const tracker: TrackerDescription = {
    kind: 'notification-delivery-tracker',
    version: 1,
    name: 'Tracker',
    stateMachineArn: aws.stateMachineArn,
    campaignStateMachineArn: aws.campaignStateMachineArn,
    tableName: table.name,
    callBudgetTableName: budgetTable.name,
    eventBusName: 'Events',
    eventSource: 'notification-delivery-tracker',
    logGroupName: '/aws/lambda/check',
    campaignLogGroupName: '/aws/lambda/check-campaign',
    deadLetterQueueUrl: `${aws.origin}/000000000000/dead-letters`,
  };
  aws.stacks.set('Others', ['https://example.com', '{"kind":"something else"}', '{broken']);
  aws.stacks.set('Empty', []);
  aws.stacks.set('DeliveryTracker', [aws.stateMachineArn, JSON.stringify(tracker)]);
  const environment = {
    AWS_ENDPOINT_URL: aws.origin,
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

  async function runIn(surroundings: Surroundings, ...argv: string[]): Promise<Ran> {
    const { onTerminal = false, columns = 120, answer, onQuestion, interrupted, onSleep } = surroundings;
    const [stdout, stderr] = [stream(onTerminal, columns), stream(onTerminal, columns)];
    const world = {
      program: 'npx delivery-tracker',
      terminal: {
        ...{ stdout, stderr },
        colours: false,
        confirm: answer === undefined ? undefined : ask(answer, onQuestion),
      },
      environment: surroundings.environment ?? {},
      interrupted: interrupted ?? new AbortController().signal,
      clock: { now: () => surroundings.now ?? Date.now(), sleep: async () => onSleep?.() },
      readInput: async () => surroundings.input ?? '',
      connect,
    };
    const status = await runCommandLine(argv, world, '1.2.3');
    const [said, complained] = [stdout.text(), stderr.text()];
    return {
      ...{ status, stdout: said, stderr: complained },
      get document() {
        return JSON.parse(said);
      },
      get code() {
        return argv.includes('--json')
          ? JSON.parse(complained).error.code
          : /\(([A-Z_]+)\)$/m.exec(complained)?.[1];
      },
    };
  }

  return {
    ...{ aws, tables, tracker, runIn },
    run: (...argv) => runIn({}, ...argv),
    async close() {
      vi.unstubAllEnvs();
      await Promise.all([aws.close(), tables.close()]);
    },
  };
}

function ask(answer: boolean, onQuestion: Surroundings['onQuestion']) {
  return async (question: string) => {
    onQuestion?.(question);
    return answer;
  };
}

function stream(isTTY: boolean, columns: number) {
  const chunks: string[] = [];
  const writable = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(writable, { isTTY, columns, text: () => chunks.join('') });
}
