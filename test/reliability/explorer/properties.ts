/** What must be true however the steps came. Add a property to the list: it gets the end of a history, and says what is wrong. */

import type { DeliveryLogRow, Summary } from '../../../contract/delivery-log-row.ts';
import { endedBy } from '../../../lambdas/check-delivery/ending/final-event-row.ts';
import type { Ended } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { FinalEventRow } from '../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { Answer } from '../careless/kore.ts';
import {
  faultInRows,
  faultInSummary,
  faultInTruth,
  type JudgedExecution,
  type JudgedNotification,
} from '../careless/model.ts';
import { faultInAnnounced } from './announced.ts';
import { holdsCanary } from './check.ts';
import { type Moment, wrongAt } from './moment.ts';
import type { Heard, Status } from './parts.ts';
import type { Facts } from './run.ts';
import type { Attempt, Scenario } from './scenario.ts';

interface Execution extends JudgedExecution {
  /** Of a state machine that succeeded or failed. */
  readonly output: unknown;
  readonly attempt: Attempt;
  readonly heard: Heard;
  readonly facts: Facts;
}

/** A history's end. */
export interface End {
  readonly notification: JudgedNotification;
  readonly executions: readonly Execution[];
  /** All that is outside of the rows. */
  readonly outside: unknown;
}

type Property = (end: End) => string | undefined;

const eachHasOneTruth: Property = ({ notification, executions }) => {
  for (const execution of executions) {
    const fault = faultInTruth(notification, execution);
    if (fault !== undefined) return `${execution.name}: ${fault}`;
  }
  return undefined;
};

const outputsSayTheSame: Property = ({ notification, executions }) => {
  for (const { arn, name, output } of executions) {
    const row = notification.stores.finalEvents.rowOf(arn);
    if (output === undefined || row === undefined) continue;
    if (JSON.stringify(output) !== JSON.stringify(endedBy(row).output))
      return `${name}: its output is another`;
  }
  return undefined;
};

const failuresAreAnnounced: Property = ({ notification, executions }) => {
  const rows = notification.stores.deliveryLog.rowsOf(notification.requestId);
  for (const { attempt, heard, facts } of executions) {
    const fault = faultInAnnounced(attempt, heard, facts, rows);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const PROPERTIES: readonly Property[] = [
  failuresAreAnnounced,
  eachHasOneTruth,
  outputsSayTheSame,
  ({ notification }) => faultInRows(notification),
  ({ notification, executions }) => faultInSummary(notification, executions),
  ({ outside }) => (holdsCanary(outside) ? 'an address is outside the table' : undefined),
];

/** What is wrong at a moment; at the end of a history by the properties too. */
export function faultAt(moment: Moment, isOver: boolean, scenario: Scenario): string | undefined {
  const wrong = wrongAt(moment);
  if (wrong !== undefined || !isOver) return wrong;
  const end = endOf(moment, scenario);
  for (const property of PROPERTIES) {
    const fault = property(end);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function endOf({ processes, parts }: Moment, { attempts, course }: Scenario): End {
  const contentOf = (name: string) => parts[name]?.content;
  const rows = new Map(
    attempts.map(({ letter, arn }) => [arn, contentOf(`end of ${letter}`) as FinalEventRow | undefined]),
  );
  const summary = contentOf('summary') as Summary | undefined;
  const executions = attempts.map((attempt, index): Execution => {
    const { letter, arn, name } = attempt;
    const ended = contentOf(`execution ${letter}`) as { status: Status; outcome?: string };
    const heard = contentOf(`bus ${letter}`) as Heard;
    const events = heard.events.map((text): Ended['detail'] => JSON.parse(text));
    const facts = processes[index]?.facts ?? {};
    return { arn, name, events, ...ended, output: facts.output, attempt, heard, facts };
  });
  return {
    notification: {
      requestId: attempts[0]?.name ?? '',
      course,
      answers: processes.flatMap(({ facts }) => (facts.answers ?? []) as Answer[]),
      stores: {
        deliveryLog: { rowsOf: () => contentOf('rows') as DeliveryLogRow[], summaryOf: () => summary },
        finalEvents: { rowOf: (arn) => rows.get(arn) },
      },
    },
    executions,
    outside: [...rows.values(), summary, executions.map(({ facts: _, ...told }) => told)],
  };
}
