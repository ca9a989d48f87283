/** What a state machine is to Step Functions, and an execution of it. */
import type { Outcome } from '../../../contract/event/event-names.ts';
import type { RecipientsNotReachedDetail } from '../../../contract/event/recipients-not-reached.ts';
import type { States } from '../../../local/aws/jsonata-state.ts';
import type { Circumstances } from './process.ts';

/** How an execution ends. */
export interface Ending {
  readonly outcome: Outcome;
  readonly detail: object;
  readonly output: unknown;
}

export type Result<End extends Ending> = { readonly outcome: 'waiting'; readonly nextCheckAt: string } | End;

export interface Announcing<End extends Ending> {
  readonly outcome: 'announcing';
  readonly detail: RecipientsNotReachedDetail;
  readonly then: Result<End>;
}

/** What a state machine does with one execution, as its definition says. */
export interface Machine<End extends Ending> extends Circumstances<'function' | 'event'> {
  readonly arn: string;
  readonly name: string;
  readonly input: object;
  /** Whether it begins with the plan of its first check; with that check at once, otherwise. */
  readonly plans: boolean;
  /** What a check is told beside its execution, input and state. */
  readonly more?: object;
  /** How often it tries to publish again. */
  readonly eventRetries: number;
  /** @throws FunctionError */
  invoke(payload: unknown): Promise<Result<End> | Announcing<End>>;
  /** `Check failed`. */
  checkFailed(states: States): Promise<unknown>;
  /** Records an end in the function's place; returns the end that won. */
  record(ended: End): Promise<End>;
  /** What it goes on by where an announcement could not be published. */
  putOff?(announcing: Announcing<End>): Promise<unknown>;
  /** Announcements that no try publishes, counted from 0. */
  readonly unpublished?: readonly number[] | undefined;
}

export interface CarelessExecution<End extends Ending = Ending> {
  readonly arn: string;
  readonly name: string;
  readonly input: object;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Every event that reached the bus in its name, in order. */
  readonly events: End['detail'][];
  /** Which of them was the first, and whether the execution itself had published it. */
  firstEvent?: { readonly at: number; readonly isItsOwn: boolean };
  /** Every announcement that reached the bus, in order. */
  readonly announcements: { readonly at: number; readonly detail: RecipientsNotReachedDetail }[];
  /** Ids of announcements of which no try was known to have reached it. */
  readonly unpublished: Set<string>;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  endedAt?: number;
  /** Of its output, or of the event before it failed. */
  outcome?: string;
  output?: unknown;
  /** What a check returned with the end. */
  toldBy?: unknown;
  wasStopped: boolean;
  tell(detail: End['detail'], isItsOwn: boolean): void;
  stop(): void;
  redrive(): void;
}
