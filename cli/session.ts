/** What a command works with: the tracker that was found, AWS, the clock and the terminal. */
import type { TrackerDescription } from '../contract/tracker-description.ts';
import { awsCommandText, type CommandText, commandText } from './command-text.ts';
import type { StoredSecret } from './credentials/stored-secret.ts';
import type { Terminal } from './display/terminal.ts';
import type { ExitStatus } from './exit-status.ts';
import { type Format, type FormatOptions, formatOf } from './output/format.ts';
import { type Printer, printerOn } from './output/printer.ts';
import { type People, peopleOf } from './text/people.ts';
import { type AwsAccount, awsAccount } from './tracker/aws-account.ts';
import type { AwsClients } from './tracker/aws-clients.ts';
import type { DeliveryLogTable } from './tracker/delivery-log-rows.ts';
import type { StateMachine } from './tracker/executions/attempts.ts';
import { findTracker, type TrackerChoice } from './tracker/find-tracker.ts';
import type { CallBudgetTable } from './tracker/pause-calls.ts';

/** The world around the command line, handed in. */
export interface World {
  /** How this command line was called, such as `npx delivery-tracker`. */
  readonly program: string;
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** All of standard input, as text. */
  readInput(): Promise<string>;
  connect(account: AwsAccount): AwsClients;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when the signal does. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Options of every command. */
export interface CommonOptions extends AwsAccount, TrackerChoice, FormatOptions {
  readonly showAddresses?: boolean;
}

/** The parts of a deployed tracker that commands work on. */
export interface Tracker {
  readonly description: TrackerDescription;
  readonly aws: AwsClients;
  readonly stateMachine: StateMachine;
  /** Tracks campaigns; `undefined` where an earlier release was deployed. */
  readonly campaigns: StateMachine | undefined;
  readonly deliveryLog: DeliveryLogTable;
  readonly callBudget: CallBudgetTable;
  /** The credentials in Kore.ai; `undefined` where an earlier release was deployed, which does not say where they are. */
  readonly secret: StoredSecret | undefined;
}

export interface Session extends Pick<World, 'terminal' | 'clock' | 'interrupted' | 'readInput'>, Printer {
  readonly format: Format;
  /** Whom the command's output shows. */
  readonly people: People;
  /** Writes a command that goes on from here, on the same tracker. */
  readonly command: CommandText;
  /** Completes a command of the AWS CLI, so that it works on the same account. */
  readonly awsCommand: (text: string) => string;
  /** The same as `command` for readers who have profiles of their own. */
  readonly commandForOthers: CommandText;
  /** Finds it at the first call, after a command has checked its arguments. */
  tracker(): Promise<Tracker>;
}

/** What a command does once its arguments are read. Commander hands on the arguments, then the command's own options. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments are each command's own.
export type Action = (session: Session, ...given: any[]) => Promise<ExitStatus>;

/** Makes Commander's action of a command's. One that handles Ctrl-C itself says so; others end at once. */
export type Act = (action: Action, handlesInterruption?: boolean) => (...given: unknown[]) => Promise<void>;

export function openSession(options: CommonOptions, world: World): Session {
  const { program, terminal, environment, clock, interrupted } = world;
  const { profile: _, ...forOthers } = options;
  const { showAddresses = false } = options;
  const format = formatOf(options);
  return {
    terminal,
    clock,
    interrupted,
    readInput: world.readInput,
    format,
    people: peopleOf({ showAddresses }),
    command: commandText(program, options),
    awsCommand: awsCommandText(options),
    commandForOthers: commandText(program, forOthers),
    async tracker() {
      const aws = world.connect(await awsAccount(options, environment));
      const stack = options.stack ?? environment.DELIVERY_TRACKER_STACK;
      const description = await findTracker(aws.cloudFormation, { stack, tracker: options.tracker });
      const stateMachine = (arn: string) => ({ client: aws.stepFunctions, arn });
      const { campaignStateMachineArn, secretArn } = description;
      return {
        description,
        aws,
        stateMachine: stateMachine(description.stateMachineArn),
        campaigns: campaignStateMachineArn === undefined ? undefined : stateMachine(campaignStateMachineArn),
        deliveryLog: { client: aws.database, name: description.tableName },
        callBudget: { client: aws.database, name: description.callBudgetTableName },
        secret: secretArn === undefined ? undefined : { client: aws.secretsManager, arn: secretArn },
      };
    },
    ...printerOn(terminal, format),
  };
}
