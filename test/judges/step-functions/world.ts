/** What a definition reaches, for either interpreter: the bundled function, tables, an event bus, and faults in their tasks. */
import type { CheckResult } from '../../../lambdas/check-delivery/invocation/invocation.ts';
import type { Deployment } from '../../../local/aws/deployment.ts';
import { recordsIn } from '../../../local/aws/dynamodb-tasks.ts';
import { type BusEvent, eventBus } from '../../../local/aws/event-bus.ts';
import { functionRunner } from '../../../local/aws/function-runner.ts';
import { secretServer } from '../../../local/aws/secret-server.ts';
import type { TaskHandlers } from '../../../local/aws/state-machine.ts';
import { tableServer } from '../../../local/aws/table-server.ts';
import { LOCAL_REGION } from '../../../local/aws/template.ts';
import type { Clock } from '../../../local/clock.ts';
import { SECRET } from '../../workflow/tracking-harness.ts';

export interface World {
  readonly handlers: TaskHandlers;
  readonly events: readonly BusEvent[];
  /** What the function returned to the state machine. */
  readonly checks: readonly CheckResult[];
  rowsOf(partition: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * What goes wrong in a task, each time that it is tried. It throws an error by whose name the state fails; what it does with
 * `perform` happens before. The number of the try begins at 1.
 */
export type Fault = (attempt: number, perform: () => Promise<unknown>) => unknown;
export type Faults = Partial<Readonly<Record<keyof TaskHandlers, Fault>>>;

/** An error by whose name a state fails. */
export class TaskError extends Error {
  override readonly name: string;

  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

export async function worldOf(
  deployment: Deployment,
  clock: Clock,
  environment: Readonly<Record<string, string>>,
  faults: Faults,
): Promise<World> {
  const table = await tableServer(deployment.table, deployment.budgetTable);
  const secrets = await secretServer(deployment.secretArn, SECRET);
  const variables = {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint,
    ...environment,
  };
  const runner = functionRunner(deployment.function, variables, clock);
  const bus = eventBus();
  const checks: CheckResult[] = [];
  const records = recordsIn(table.client);
  return {
    handlers: {
      invokeFunction: faulty(faults.invokeFunction, async (payload) => {
        const result = await runner.invoke(payload);
        checks.push(result as CheckResult);
        return result;
      }),
      putEvents: faulty(faults.putEvents, async (parameters) => bus.put(parameters)),
      updateItem: faulty(faults.updateItem, records.updateItem),
      putItem: faulty(faults.putItem, records.putItem),
    },
    events: bus.events,
    checks,
    rowsOf: (partition) => table.rowsOf(partition),
    async close() {
      await runner.close();
      await Promise.all([table.close(), secrets.close()]);
    },
  };
}

type Task = (input: unknown) => unknown;

function faulty(fault: Fault = (_, perform) => perform(), task: Task): (input: unknown) => Promise<unknown> {
  let attempts = 0;
  return async (input) => {
    attempts += 1;
    return fault(attempts, async () => task(input));
  };
}
